using CsCheck;

namespace EnergyChain.Contracts.Tests.Differential;

/// <summary>The compiled contracts against the C# model of the same rules, on random lives of a community.</summary>
public sealed class DifferentialTests
{
    private const int RandomLives = 20;
    private const int FixedLives = 60;
    private const int StepsPerLife = 200;

    private static readonly StepKind[] Kinds =
    [
        StepKind.Wait, StepKind.Wait, StepKind.Wait, StepKind.Tariff,
        StepKind.Buy, StepKind.Buy, StepKind.Buy, StepKind.Buy,
        StepKind.Sell, StepKind.Sell, StepKind.Sell, StepKind.Offer, StepKind.Offer, StepKind.Offer,
        StepKind.Accept, StepKind.Accept, StepKind.Accept, StepKind.Cancel, StepKind.Clear, StepKind.Settle,
        StepKind.Record, StepKind.Record, StepKind.Record, StepKind.Record,
        StepKind.Revoke, StepKind.Reset, StepKind.Withdraw,
    ];

    private static Gen<Step> AnyStep { get; } = Gen.Select(
        Gen.Int[0, Kinds.Length - 1].Select(k => Kinds[k]),
        Gen.UInt[1, 5],
        Gen.UInt[0, 5],
        Gen.Int[-1, 3],
        Gen.UInt[0, 5000],
        Gen.UInt[0, 6],
        Gen.Frequency((5, Gen.Const(0U)), (1, Gen.UInt[1, 7])),
        (kind, site, other, slot, energy, price, fault) =>
            new Step(kind, site, other, slot, energy, price, fault));

    [Test]
    public void Contract_and_model_do_the_same() =>
        Gen.Select(Gen.Bool, AnyStep.Array[StepsPerLife]).Sample(
            (isSmall, steps) =>
            {
                Twins twins = new(isSmall);
                foreach (Step step in steps)
                {
                    twins.Run(step);
                }

                twins.Finish();
            },
            iter: RandomLives,
            threads: 1);

    /// <summary>A fixed life, so that a change of the steps cannot quietly stop reaching a rule.</summary>
    [Test]
    public void Fixed_lives_do_the_same_and_reach_every_rule()
    {
        SortedSet<string> seen = new(StringComparer.Ordinal);
        Random random = new(1);
        for (int life = 0; life < FixedLives; life++)
        {
            Twins twins = new(life % 2 == 0);
            for (int k = 0; k < StepsPerLife; k++)
            {
                twins.Run(new Step(
                    Kinds[random.Next(Kinds.Length)],
                    (uint)random.Next(1, 6),
                    (uint)random.Next(6),
                    random.Next(-1, 4),
                    (uint)random.Next(5001),
                    (uint)random.Next(7),
                    random.Next(6) == 0 ? (uint)random.Next(1, 8) : 0));
            }

            twins.Finish();
            seen.UnionWith(twins.Seen);
        }

        string[] expected =
        [
            "None", "NotOperator", "UnknownSite", "UnknownDevice", "RevokedDevice", "SlotNotEnded", "DuplicateRecord",
            "SequenceNotAbove", "EnergyAboveRatedPower", "CounterBelowLast", "EnergyAboveCounter", "NotSiteAccount",
            "GateClosed", "GateOpen", "SlotTooFar", "EnergyOutOfRange", "PriceOutOfRange", "PriceNotOnStep",
            "WrongValue", "UnknownOrder", "NotOrderOwner", "NotAnOffer", "OwnOffer", "NotCounterparty",
            "EnergyAboveOffer", "ReportWindowOpen", "SlotAlreadySettled", "NothingToWithdraw",
            "delivered in full", "delivered in part", "not delivered", "compensated", "compensation capped",
            "certified in part", "own trade",
        ];
        Assert.That(expected.Except(seen), Is.Empty);
    }
}

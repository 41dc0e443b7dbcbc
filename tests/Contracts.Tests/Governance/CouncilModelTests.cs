using CsCheck;

namespace EnergyChain.Contracts.Tests.Governance;

/// <summary>Random lives of councils: the compiled contract does what the model does, step by step.</summary>
public sealed class CouncilModelTests
{
    private const int RandomLives = 20;
    private const int FixedLives = 60;
    private const int StepsPerLife = 120;

    private static readonly string[] MustComeUp =
    [
        "None", "NotMember", "MemberSuspended", "MemberExists", "UnknownMember", "MemberNotSuspended",
        "ValueOutOfRange", "DurationOutOfRange", "AlreadyProposed", "TooManyProposalsOfMember", "UnknownProposal",
        "ProposalClosed", "ProposalExpired", "AlreadyApproved", "NotApproved", "Suspended", "LastMemberSpared",
        "Applied", "Expired", "Abandoned", "MemberAdded", "MemberRemoved", "MemberReinstated", "ParameterSet",
        "AlreadyErased", "RecordErased",
    ];

    // Approvals come up more often than all else, or little would ever be accepted.
    private static readonly CouncilStepKind[] Kinds =
    [
        CouncilStepKind.Wait, CouncilStepKind.Epoch, CouncilStepKind.Epoch, CouncilStepKind.Evidence,
        CouncilStepKind.ProposeAdd, CouncilStepKind.ProposeAdd, CouncilStepKind.ProposeRemove,
        CouncilStepKind.ProposeReinstate, CouncilStepKind.ProposeParameter, CouncilStepKind.ProposeParameter,
        CouncilStepKind.Withdraw, CouncilStepKind.Withdraw, CouncilStepKind.ProposeErase,
        .. Enumerable.Repeat(CouncilStepKind.Approve, 14),
    ];

    private static readonly Gen<CouncilStep> AnyStep = Gen.Select(
        Gen.Int[0, Kinds.Length - 1],
        Gen.Int[0, CouncilTwins.Keys - 1],
        Gen.Int[0, CouncilTwins.Keys - 1],
        Gen.Int[0, 9],
        Gen.Int[0, 40],
        (kind, actor, subject, detail, amount) => new CouncilStep(Kinds[kind], actor, subject, detail, amount));

    [Test]
    public void Contract_does_what_the_model_does() =>
        Gen.Select(Gen.Int[1, 6], AnyStep.Array[StepsPerLife]).Sample(
            (members, steps) =>
            {
                CouncilTwins twins = new(members);
                foreach (CouncilStep step in steps)
                {
                    twins.Run(step);
                }
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
            CouncilTwins twins = new(1 + (life % 6));
            for (int k = 0; k < StepsPerLife; k++)
            {
                twins.Run(new CouncilStep(
                    Kinds[random.Next(Kinds.Length)],
                    random.Next(CouncilTwins.Keys),
                    random.Next(CouncilTwins.Keys),
                    random.Next(10),
                    random.Next(41)));
            }

            seen.UnionWith(twins.Seen);
        }

        Assert.That(MustComeUp.Where(name => !seen.Contains(name)), Is.Empty);
    }
}

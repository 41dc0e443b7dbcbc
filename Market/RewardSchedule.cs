using System.Numerics;

namespace EnergyChain.Market;

/// <summary>What verified production earns: a rate per kWh that halves at set cumulative energies.</summary>
/// <param name="InitialRate">Rate before the first threshold.</param>
/// <param name="HalvingThresholds">Cumulative energies, ascending.</param>
public sealed record RewardSchedule(PricePerKwh InitialRate, IReadOnlyList<WattHours> HalvingThresholds)
{
    /// <summary>
    /// Reward of <paramref name="energy"/> after <paramref name="already"/>; each stretch between two thresholds is
    /// rounded down to a base unit on its own.
    /// </summary>
    public Money For(WattHours already, WattHours energy)
    {
        WattHours end = already + energy;
        Money reward = Money.Zero;
        BigInteger rate = (BigInteger)InitialRate.BaseUnits;
        WattHours from = WattHours.Zero;
        foreach (WattHours until in HalvingThresholds.Append(new WattHours(ulong.MaxValue)))
        {
            WattHours first = from > already ? from : already;
            WattHours inside = WattHours.Excess(WattHours.Min(until, end), first);
            reward += new Money(rate * inside.Value / PricePerKwh.Step);
            rate /= 2;
            from = until;
        }

        return reward;
    }
}

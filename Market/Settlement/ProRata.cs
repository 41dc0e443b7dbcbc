using System.Numerics;

namespace EnergyChain.Market.Settlement;

/// <summary>Shares what a seller delivered over its trades.</summary>
public static class ProRata
{
    /// <summary>
    /// Each trade gets floor(sold x delivered / total sold); the Wh that are left go one each to the largest
    /// remainders, ties to the earlier trade. So the parts add up to <paramref name="delivered"/> exactly.
    /// </summary>
    /// <param name="sold">Energy of each trade, in the order they were made.</param>
    /// <param name="delivered">At most the sum of <paramref name="sold"/>.</param>
    public static IReadOnlyList<WattHours> Share(IReadOnlyList<WattHours> sold, WattHours delivered)
    {
        BigInteger total = sold.Aggregate(BigInteger.Zero, (sum, energy) => sum + energy.Value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((BigInteger)delivered.Value, total, nameof(delivered));
        if (total.IsZero)
        {
            return [.. sold];
        }

        ulong[] parts = [.. sold.Select(energy => (ulong)((BigInteger)energy.Value * delivered.Value / total))];
        int left = (int)(delivered.Value - parts.Aggregate(0UL, (sum, part) => sum + part));
        IEnumerable<int> luckiest = Enumerable.Range(0, parts.Length)
            .OrderByDescending(k => (BigInteger)sold[k].Value * delivered.Value % total)
            .ThenBy(k => k)
            .Take(left);
        foreach (int k in luckiest)
        {
            parts[k]++;
        }

        return [.. parts.Select(part => new WattHours(part))];
    }
}

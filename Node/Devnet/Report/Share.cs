using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>Ratios for people, six decimals.</summary>
public static class Share
{
    /// <summary>part / whole; null where whole is 0.</summary>
    public static double? Of(long part, long whole) => whole == 0 ? null : Math.Round((double)part / whole, 6);

    /// <summary>100 x part / |whole|: the sign is that of the part; null where whole is 0.</summary>
    public static double? Percent(BigInteger part, BigInteger whole) =>
        whole.IsZero ? null : (double)(part * 100_000_000 / BigInteger.Abs(whole)) / 1_000_000;
}

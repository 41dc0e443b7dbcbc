using System.Numerics;
using EnergyChain.Market.Accounting;

namespace EnergyChain.Dashboard.Text;

/// <summary>Shares of a whole.</summary>
public static class ShareText
{
    /// <summary>Per mille, 0 to 1000; null where the whole is nothing.</summary>
    public static int? PerMille(BigInteger part, BigInteger whole)
    {
        if (whole.Sign <= 0)
        {
            return null;
        }

        BigInteger share = ((part * 2_000) + whole) / (whole * 2);
        return (int)BigInteger.Clamp(share, BigInteger.Zero, 1_000);
    }

    /// <summary>42.5 %, or a dash for no share.</summary>
    public static string Percent(int? perMille) =>
        perMille is { } share ? Digits.Scaled(share, 1, 1) + " %" : "\u2013";

    /// <summary>Such as −12.3 %; of any size and sign.</summary>
    public static string Percent(PartsPerMillion share) => Digits.Scaled(share.Value, 4, 1) + " %";
}

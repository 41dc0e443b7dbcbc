using System.Globalization;
using System.Numerics;

namespace EnergyChain.Market.Accounting;

/// <summary>A ratio in millionths, rounded towards zero: 1,000,000 is the whole.</summary>
public readonly record struct PartsPerMillion(long Value)
{
    public const long Whole = 1_000_000;

    /// <summary>part / |whole|; zero where the whole is zero.</summary>
    public static PartsPerMillion Of(BigInteger part, BigInteger whole) =>
        new(whole.IsZero ? 0 : (long)(part * Whole / BigInteger.Abs(whole)));

    /// <summary>In percent, with four decimals: <c>12.3456</c>.</summary>
    public string ToPercent()
    {
        const long perPercent = 10_000;
        string sign = Value < 0 ? "-" : string.Empty;
        long size = Math.Abs(Value);
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{size / perPercent}.{size % perPercent:D4}");
    }

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture) + " ppm";
}

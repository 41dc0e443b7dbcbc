using System.Globalization;
using System.Numerics;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Client.Units;

/// <summary>Amounts of ENC as people write them; exact, 18 decimals, never through floating point.</summary>
public static class CoinAmount
{
    /// <summary>Decimals of one ENC.</summary>
    public const int Decimals = 18;

    private const int MaxLength = 80;

    /// <summary>Reads digits with at most 18 decimals, such as 1.25. No sign, exponent or separator.</summary>
    public static bool TryParse(string text, out UInt256 baseUnits) => TryParse(text, Decimals, out baseUnits);

    /// <summary>All decimals that are not zero, and at least one: 1.25, 3.0, 0.000000000000000001.</summary>
    public static string Format(UInt256 baseUnits)
    {
        string digits = baseUnits.ToString().PadLeft(Decimals + 1, '0');
        string fraction = digits[^Decimals..].TrimEnd('0');
        return $"{digits[..^Decimals]}.{(fraction.Length == 0 ? "0" : fraction)}";
    }

    internal static bool TryParse(string text, int decimals, out UInt256 scaled)
    {
        scaled = UInt256.Zero;
        string[] parts = text.Split('.');
        if (text.Length > MaxLength
            || parts.Length > 2
            || parts.Any(part => part.Length == 0 || !part.All(char.IsAsciiDigit)))
        {
            return false;
        }

        string fraction = parts.Length == 2 ? parts[1].TrimEnd('0') : "";
        if (fraction.Length > decimals)
        {
            return false;
        }

        BigInteger value = BigInteger.Parse(
            parts[0] + fraction.PadRight(decimals, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
        if (value.GetBitLength() > 256)
        {
            return false;
        }

        scaled = UInt256.FromBigInteger(value);
        return true;
    }
}

using System.Globalization;
using System.Numerics;
using System.Text;

namespace EnergyChain.Dashboard.Text;

/// <summary>
/// Exact numbers as people read them: grouped by thousands, cut to some decimals, never through floating point.
/// </summary>
public static class Digits
{
    private const int Group = 3;

    /// <summary>1234567 as 1,234,567; any size.</summary>
    public static string Grouped(BigInteger number)
    {
        string digits = BigInteger.Abs(number).ToString(CultureInfo.InvariantCulture);
        StringBuilder grouped = new();
        for (int i = 0; i < digits.Length; i++)
        {
            if (i > 0 && (digits.Length - i) % Group == 0)
            {
                grouped.Append(',');
            }

            grouped.Append(digits[i]);
        }

        return (number.Sign < 0 ? "\u2212" : "") + grouped;
    }

    /// <summary>A number of units of 10^-scale, rounded half away from zero to at most so many decimals.</summary>
    /// <param name="units">The number.</param>
    /// <param name="scale">Decimals that a unit has.</param>
    /// <param name="decimals">Decimals to show; zeros at the end are left out beyond <paramref name="least"/>.</param>
    /// <param name="least">Decimals that always stand.</param>
    public static string Scaled(BigInteger units, int scale, int decimals, int least = 0)
    {
        BigInteger cut = BigInteger.Pow(10, scale - decimals);
        BigInteger size = (BigInteger.Abs(units) + (cut / 2)) / cut;
        BigInteger whole = BigInteger.DivRem(size, BigInteger.Pow(10, decimals), out BigInteger rest);
        string fraction = rest.ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0').TrimEnd('0');
        fraction = decimals == 0 ? "" : fraction.PadRight(least, '0');
        string sign = units.Sign < 0 && !size.IsZero ? "\u2212" : "";
        return sign + Grouped(whole) + (fraction.Length == 0 ? "" : "." + fraction);
    }
}

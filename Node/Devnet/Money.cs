using System.Globalization;
using System.Numerics;

namespace EnergyChain.Node.Devnet;

/// <summary>Prices of options and money for people.</summary>
public static class Money
{
    /// <summary>A price in currency per kWh as base units per kWh.</summary>
    /// <param name="price">At most 15 decimals, so that the result is a multiple of 1000.</param>
    public static BigInteger PerKwh(decimal price) => new BigInteger(price * 1_000_000_000_000_000m) * 1_000;

    /// <summary>Base units as coin with a number of decimals, cut, not rounded.</summary>
    public static string Text(BigInteger baseUnits, int decimals = 4)
    {
        BigInteger scale = BigInteger.Pow(10, 18 - decimals);
        BigInteger cut = BigInteger.Abs(baseUnits) / scale;
        BigInteger unit = BigInteger.Pow(10, decimals);
        string sign = baseUnits.Sign < 0 && !cut.IsZero ? "-" : string.Empty;
        string fraction = (cut % unit).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0');
        return $"{sign}{(cut / unit).ToString(CultureInfo.InvariantCulture)}.{fraction}";
    }
}

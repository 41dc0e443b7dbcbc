using System.Numerics;

namespace EnergyChain.Dashboard.Text;

/// <summary>Energy and power with the unit that keeps them short.</summary>
public static class EnergyText
{
    private const int Kilo = 3;
    private const int Mega = 6;

    /// <summary>999 Wh, 1.23 kWh, 12,345.68 MWh.</summary>
    public static string Energy(BigInteger wh) => Scaled(wh, "Wh", "kWh", "MWh");

    /// <summary>All of it: 1,234,567 Wh.</summary>
    public static string Exact(BigInteger wh) => Digits.Grouped(wh) + " Wh";

    /// <summary>850 W, 3.42 kW.</summary>
    public static string Power(BigInteger watts) => Scaled(watts, "W", "kW", "MW");

    private static string Scaled(BigInteger value, string unit, string kilo, string mega)
    {
        BigInteger size = BigInteger.Abs(value);
        return size < 1_000 ? $"{Digits.Grouped(value)} {unit}"
            : size < 10_000_000 ? $"{Digits.Scaled(value, Kilo, 2, 2)} {kilo}"
            : $"{Digits.Scaled(value, Mega, 2, 2)} {mega}";
    }
}

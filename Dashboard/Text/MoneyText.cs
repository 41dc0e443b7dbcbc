using System.Numerics;

namespace EnergyChain.Dashboard.Text;

/// <summary>Money of 10^-18 ENC in the unit that the wallet shows as well.</summary>
public static class MoneyText
{
    public const string Unit = "ENC";
    public const string PriceUnit = "ENC/kWh";

    private const int Scale = 18;
    private const int Shown = 4;

    private static readonly BigInteger LeastShown = BigInteger.Pow(10, Scale - Shown);

    /// <summary>12.3456 ENC; what is too little to show but not nothing is said to be.</summary>
    public static string Amount(BigInteger baseUnits) => $"{Number(baseUnits)} {Unit}";

    /// <summary>The price of a kWh.</summary>
    public static string Price(BigInteger basePerKwh) => $"{Number(basePerKwh)} {PriceUnit}";

    /// <summary>Every decimal.</summary>
    public static string Exact(BigInteger baseUnits) => $"{Digits.Scaled(baseUnits, Scale, Scale, 1)} {Unit}";

    private static string Number(BigInteger baseUnits) =>
        !baseUnits.IsZero && BigInteger.Abs(baseUnits) < LeastShown
            ? (baseUnits.Sign < 0 ? "> \u22120.0001" : "< 0.0001")
            : Digits.Scaled(baseUnits, Scale, Shown, 2);
}

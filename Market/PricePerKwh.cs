using System.Globalization;
using System.Numerics;

namespace EnergyChain.Market;

/// <summary>
/// A price, tariff, fee or rate in base units (10^-18 ENC) per kWh. Prices of the market are multiples of
/// <see cref="Step"/>, so that <see cref="Of"/> is exact for every Wh.
/// </summary>
public readonly record struct PricePerKwh(UInt128 BaseUnits) : IComparable<PricePerKwh>
{
    /// <summary>Wh in a kWh, and so the grain of prices.</summary>
    public const uint Step = 1000;

    public static PricePerKwh Zero => default;

    public bool IsOnStep => BaseUnits % Step == 0;

    public static PricePerKwh operator +(PricePerKwh left, PricePerKwh right) =>
        new(checked(left.BaseUnits + right.BaseUnits));

    public static bool operator <(PricePerKwh left, PricePerKwh right) => left.BaseUnits < right.BaseUnits;

    public static bool operator >(PricePerKwh left, PricePerKwh right) => left.BaseUnits > right.BaseUnits;

    public static bool operator <=(PricePerKwh left, PricePerKwh right) => left.BaseUnits <= right.BaseUnits;

    public static bool operator >=(PricePerKwh left, PricePerKwh right) => left.BaseUnits >= right.BaseUnits;

    /// <summary>left - right, or zero where right is larger.</summary>
    public static PricePerKwh Excess(PricePerKwh left, PricePerKwh right) =>
        left > right ? new(left.BaseUnits - right.BaseUnits) : Zero;

    /// <summary>The middle of two prices, rounded down to <see cref="Step"/>.</summary>
    public static PricePerKwh Midpoint(PricePerKwh low, PricePerKwh high)
    {
        UInt128 middle = checked(low.BaseUnits + high.BaseUnits) / 2;
        return new(middle - (middle % Step));
    }

    /// <summary>What the energy costs; rounded down where the price is off the step.</summary>
    public Money Of(WattHours energy) => new((BigInteger)BaseUnits * energy.Value / Step);

    public int CompareTo(PricePerKwh other) => BaseUnits.CompareTo(other.BaseUnits);

    public override string ToString() => BaseUnits.ToString(CultureInfo.InvariantCulture) + "/kWh";
}

using System.Globalization;
using System.Numerics;

namespace EnergyChain.Market;

/// <summary>Coin in base units (10^-18 ENC). Negative where it is a difference or a credit on a bill.</summary>
public readonly record struct Money(BigInteger BaseUnits) : IComparable<Money>
{
    public static Money Zero => default;

    public static Money operator +(Money left, Money right) => new(left.BaseUnits + right.BaseUnits);

    public static Money operator -(Money left, Money right) => new(left.BaseUnits - right.BaseUnits);

    public static bool operator <(Money left, Money right) => left.BaseUnits < right.BaseUnits;

    public static bool operator >(Money left, Money right) => left.BaseUnits > right.BaseUnits;

    public static bool operator <=(Money left, Money right) => left.BaseUnits <= right.BaseUnits;

    public static bool operator >=(Money left, Money right) => left.BaseUnits >= right.BaseUnits;

    public static Money Min(Money left, Money right) => left < right ? left : right;

    public int CompareTo(Money other) => BaseUnits.CompareTo(other.BaseUnits);

    /// <summary>Base units in decimal digits.</summary>
    public override string ToString() => BaseUnits.ToString(CultureInfo.InvariantCulture);
}

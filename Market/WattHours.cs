using System.Globalization;

namespace EnergyChain.Market;

/// <summary>Energy in whole Wh, never negative. Sums and differences that leave the range throw.</summary>
public readonly record struct WattHours(ulong Value) : IComparable<WattHours>
{
    public static WattHours Zero => default;

    public bool IsZero => Value == 0;

    public static WattHours operator +(WattHours left, WattHours right) => new(checked(left.Value + right.Value));

    public static WattHours operator -(WattHours left, WattHours right) => new(checked(left.Value - right.Value));

    public static bool operator <(WattHours left, WattHours right) => left.Value < right.Value;

    public static bool operator >(WattHours left, WattHours right) => left.Value > right.Value;

    public static bool operator <=(WattHours left, WattHours right) => left.Value <= right.Value;

    public static bool operator >=(WattHours left, WattHours right) => left.Value >= right.Value;

    public static WattHours Min(WattHours left, WattHours right) => left < right ? left : right;

    /// <summary>left - right, or zero where right is larger.</summary>
    public static WattHours Excess(WattHours left, WattHours right) => left > right ? left - right : Zero;

    public int CompareTo(WattHours other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture) + " Wh";
}

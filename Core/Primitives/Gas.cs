using System.Globalization;

namespace EnergyChain.Core.Primitives;

/// <summary>An amount of execution gas.</summary>
public readonly record struct Gas(ulong Value) : IComparable<Gas>
{
    public static Gas operator +(Gas left, Gas right) => new(left.Value + right.Value);

    public static Gas operator -(Gas left, Gas right) => new(left.Value - right.Value);

    public static bool operator <(Gas left, Gas right) => left.Value < right.Value;

    public static bool operator >(Gas left, Gas right) => left.Value > right.Value;

    public static bool operator <=(Gas left, Gas right) => left.Value <= right.Value;

    public static bool operator >=(Gas left, Gas right) => left.Value >= right.Value;

    public int CompareTo(Gas other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

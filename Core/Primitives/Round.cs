using System.Globalization;

namespace EnergyChain.Core.Primitives;

/// <summary>
/// A round of consensus within one height, from 0. "No round" (-1 in the paper) is a null <c>Round?</c>.
/// </summary>
public readonly record struct Round(uint Value) : IComparable<Round>
{
    public static Round Zero => default;

    public Round Next => new(Value + 1);

    public static bool operator <(Round left, Round right) => left.Value < right.Value;

    public static bool operator >(Round left, Round right) => left.Value > right.Value;

    public static bool operator <=(Round left, Round right) => left.Value <= right.Value;

    public static bool operator >=(Round left, Round right) => left.Value >= right.Value;

    public int CompareTo(Round other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

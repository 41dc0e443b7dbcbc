using System.Globalization;

namespace EnergyChain.Market;

/// <summary>A slot of delivery: floor(unix seconds / slot length).</summary>
public readonly record struct Slot(ulong Number) : IComparable<Slot>
{
    public Slot Next => new(checked(Number + 1));

    public static bool operator <(Slot left, Slot right) => left.Number < right.Number;

    public static bool operator >(Slot left, Slot right) => left.Number > right.Number;

    public static bool operator <=(Slot left, Slot right) => left.Number <= right.Number;

    public static bool operator >=(Slot left, Slot right) => left.Number >= right.Number;

    public int CompareTo(Slot other) => Number.CompareTo(other.Number);

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}

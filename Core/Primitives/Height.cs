using System.Globalization;

namespace EnergyChain.Core.Primitives;

/// <summary>A block's number. Genesis is height 0, the first block height 1.</summary>
public readonly record struct Height(ulong Value) : IComparable<Height>
{
    public static Height Genesis => default;

    public Height Next => new(Value + 1);

    /// <summary>The height before; genesis has none.</summary>
    public Height Previous => new(Value - 1);

    public static bool operator <(Height left, Height right) => left.Value < right.Value;

    public static bool operator >(Height left, Height right) => left.Value > right.Value;

    public static bool operator <=(Height left, Height right) => left.Value <= right.Value;

    public static bool operator >=(Height left, Height right) => left.Value >= right.Value;

    public int CompareTo(Height other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

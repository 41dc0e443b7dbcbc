using System.Globalization;

namespace EnergyChain.Core.Primitives;

/// <summary>A point in time as headers carry it: milliseconds since 1970-01-01T00:00:00Z.</summary>
public readonly record struct BlockTime(ulong UnixMs) : IComparable<BlockTime>
{
    /// <summary>Whole seconds, what the EVM's TIMESTAMP gives.</summary>
    public ulong UnixSeconds => UnixMs / 1000;

    public static bool operator <(BlockTime left, BlockTime right) => left.UnixMs < right.UnixMs;

    public static bool operator >(BlockTime left, BlockTime right) => left.UnixMs > right.UnixMs;

    public static bool operator <=(BlockTime left, BlockTime right) => left.UnixMs <= right.UnixMs;

    public static bool operator >=(BlockTime left, BlockTime right) => left.UnixMs >= right.UnixMs;

    public BlockTime AddMs(ulong milliseconds) => new(UnixMs + milliseconds);

    public int CompareTo(BlockTime other) => UnixMs.CompareTo(other.UnixMs);

    public override string ToString() => UnixMs.ToString(CultureInfo.InvariantCulture);
}

namespace EnergyChain.Node.Storage;

/// <summary>How a <see cref="HeightLog"/> behaves.</summary>
/// <param name="Kind">What its records are.</param>
/// <param name="SegmentBytes">A segment that has grown to so many bytes is sealed before the next record.</param>
/// <param name="IsRebuildable">
/// The content can be computed again: it is not synced with every record, and from the first damage on it is cut.
/// Otherwise only a torn tail is cut, and damage with sound records behind it keeps the node from starting.
/// </param>
/// <param name="MayStartLater">
/// Whether the first record may be of a later height than 1, as on a node that joined by a snapshot.
/// </param>
public sealed record HeightLogOptions(
    FileKind Kind, long SegmentBytes, bool IsRebuildable, bool MayStartLater = false)
{
    /// <summary>64 MiB: few enough files, and few enough bytes to scan at start.</summary>
    public const long DefaultSegmentBytes = 64L << 20;
}

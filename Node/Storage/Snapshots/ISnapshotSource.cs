using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage.Snapshots;

/// <summary>Snapshots as they are served: encoded, and off the way of commits. Thread-safe.</summary>
internal interface ISnapshotSource
{
    /// <summary>The heights of those that are held, ascending.</summary>
    IReadOnlyList<Height> Heights { get; }

    bool TryFrontier(Height height, out ReadOnlyMemory<byte> frontier);

    /// <summary>A chunk of the snapshot that is cut as the frontier with this BLAKE2b hash says.</summary>
    bool TryChunk(Height height, Hash32 frontierHash, int chunk, out byte[] bytes);
}

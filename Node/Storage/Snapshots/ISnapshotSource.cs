using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage.Snapshots;

/// <summary>Snapshots as they are served: encoded, and off the way of commits. Thread-safe.</summary>
internal interface ISnapshotSource
{
    /// <summary>The heights of those that are held, ascending.</summary>
    IReadOnlyList<Height> Heights { get; }

    bool TryFrontier(Height height, out ReadOnlyMemory<byte> frontier);

    bool TryChunk(Height height, int chunk, out byte[] bytes);
}

using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Joining;

/// <summary>A peer as one who joins by a snapshot sees it. Nothing it says is believed. Thread-safe.</summary>
internal interface ISnapshotPeer
{
    PeerId Id { get; }

    bool IsAlive { get; }

    /// <summary>Its snapshots, and the frontier of the one of a height; null without an answer.</summary>
    Task<SnapshotOffer?> OfferAsync(Height? height, CancellationToken cancellationToken);

    /// <summary>Blocks from a height on, as they came; null without an answer that can be decoded.</summary>
    Task<IReadOnlyList<CommittedBlock>?> BlocksAsync(Height from, int count, CancellationToken cancellationToken);

    /// <summary>The blocks that changed the term, from a height on, in order; null without an answer.</summary>
    Task<IReadOnlyList<TermLink>?> LinksAsync(Height from, CancellationToken cancellationToken);

    /// <summary>A chunk as the frontier cuts it; not held where the peer cuts otherwise.</summary>
    Task<PartAnswer> ChunkAsync(JoinTarget target, int chunk, CancellationToken cancellationToken);

    /// <summary>Code in the order of the hashes, maybe of fewer; null without an answer.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>?> CodesAsync(
        IReadOnlyList<Hash32> hashes, CancellationToken cancellationToken);

    /// <summary>It said what is not so; its link is ended.</summary>
    void Blame(string what);
}

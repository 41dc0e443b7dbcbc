using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Joining;

namespace EnergyChain.Benchmarks.Join;

/// <summary>A peer in this process that serves a chain's snapshots from its files.</summary>
internal sealed class MemorySnapshotPeer(PeerId id, Chain source) : ISnapshotPeer
{
    public PeerId Id { get; } = id;

    public bool IsAlive => true;

    public Task<SnapshotOffer?> OfferAsync(Height? height, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> frontier = default;
        if (height is { } asked)
        {
            source.Snapshots!.TryFrontier(asked, out frontier);
        }

        return Task.FromResult<SnapshotOffer?>(new SnapshotOffer(source.Snapshots!.Heights, frontier));
    }

    public Task<IReadOnlyList<CommittedBlock>?> BlocksAsync(
        Height from, int count, CancellationToken cancellationToken)
    {
        List<CommittedBlock> blocks = [];
        for (Height height = from; blocks.Count < count && source.TryGetBlock(height, out CommittedBlock? block)
            && Bcs.TryDecode(Bcs.Encode(block), out CommittedBlock? copy, out _); height = height.Next)
        {
            blocks.Add(copy);
        }

        return Task.FromResult<IReadOnlyList<CommittedBlock>?>(blocks);
    }

    public Task<IReadOnlyList<TermLink>?> LinksAsync(Height from, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TermLink>?>([]);

    public Task<PartAnswer> ChunkAsync(JoinTarget target, int chunk, CancellationToken cancellationToken) => Task.Run(
        () => source.Snapshots!.TryChunk(target.Height, target.FrontierHash, chunk, out byte[] bytes)
            ? new PartAnswer(PartStatus.Given, bytes)
            : new PartAnswer(PartStatus.NotHeld, default),
        cancellationToken);

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>?> CodesAsync(
        IReadOnlyList<Hash32> hashes, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>?>(
            [.. hashes.Select(hash => source.Read((state, _) => state.GetCode(hash)))]);

    public void Blame(string what) => throw new InvalidOperationException(what);
}

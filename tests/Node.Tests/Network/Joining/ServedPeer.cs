using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Network.Joining;

/// <summary>A peer that answers from a real chain, but for what a test makes it say.</summary>
internal sealed class ServedPeer(int number, Chain chain) : ISnapshotPeer
{
    private int _chunks;

    public PeerId Id { get; } = new(TestKeys.Of(700 + number).PublicKey);

    public bool IsAlive { get; set; } = true;

    /// <summary>Chunks after which it is gone.</summary>
    public int VanishesAfter { get; init; } = int.MaxValue;

    /// <summary>What becomes of a chunk's bytes.</summary>
    public Func<byte[], byte[]> Chunk { get; init; } = static bytes => bytes;

    /// <summary>What becomes of the frontier's bytes.</summary>
    public Func<byte[], byte[]> Frontier { get; init; } = static bytes => bytes;

    /// <summary>What becomes of its blocks.</summary>
    public Func<CommittedBlock, CommittedBlock> Block { get; init; } = static block => block;

    /// <summary>Answers in its place; null for the honest answer.</summary>
    public Func<JoinTarget, PartAnswer?> OnChunk { get; init; } = static _ => null;

    /// <summary>The snapshots that it says it has.</summary>
    public Func<IReadOnlyList<Height>, IReadOnlyList<Height>> Heights { get; init; } = static heights => heights;

    public int ChunksServed => _chunks;

    public List<string> Accusations { get; } = [];

    public Task<SnapshotOffer?> OfferAsync(Height? height, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> frontier = default;
        if (height is { } asked)
        {
            chain.Snapshots!.TryFrontier(asked, out frontier);
        }

        byte[] bytes = frontier.IsEmpty ? [] : Frontier(frontier.ToArray());
        return Task.FromResult<SnapshotOffer?>(new SnapshotOffer(Heights(chain.Snapshots!.Heights), bytes));
    }

    public Task<IReadOnlyList<CommittedBlock>?> BlocksAsync(
        Height from, int count, CancellationToken cancellationToken)
    {
        List<CommittedBlock> blocks = [];
        for (Height height = from; blocks.Count < count && chain.TryGetBlock(height, out CommittedBlock? block);
            height = height.Next)
        {
            blocks.Add(Block(block));
        }

        return Task.FromResult<IReadOnlyList<CommittedBlock>?>(blocks);
    }

    public Task<IReadOnlyList<TermLink>?> LinksAsync(Height from, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TermLink>?>(new TermLinks(chain).From(from));

    public Task<PartAnswer> ChunkAsync(JoinTarget target, int chunk, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _chunks) > VanishesAfter)
        {
            IsAlive = false;
            return Task.FromResult(default(PartAnswer));
        }

        if (OnChunk(target) is { } answer)
        {
            return Task.FromResult(answer);
        }

        return Task.FromResult(chain.Snapshots!.TryChunk(target.Height, target.FrontierHash, chunk, out byte[] bytes)
            ? new PartAnswer(PartStatus.Given, Chunk(bytes))
            : new PartAnswer(PartStatus.NotHeld, default));
    }

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>?> CodesAsync(
        IReadOnlyList<Hash32> hashes, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>?>(
            [.. hashes.Select(hash => chain.Read((state, _) => state.GetCode(hash)))]);

    public void Blame(string what)
    {
        IsAlive = false;
        Accusations.Add(what);
    }
}

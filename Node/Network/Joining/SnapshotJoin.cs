using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Ledger.Tree;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Network.Joining;

/// <summary>
/// Joins by a snapshot: which one the peers have, the blocks that prove it, its chunks from all who hold it, their
/// code; then it is installed in the data directory. Nothing is believed that the certified header does not prove; a
/// peer that lies is known at its first chunk and blamed. What was fetched survives a crash.
/// </summary>
internal sealed class SnapshotJoin(
    Genesis genesis,
    DataDirectory directory,
    Func<IReadOnlyList<ISnapshotPeer>> peers,
    JoinOptions options,
    ulong hashSeed,
    TimeProvider time,
    ILogger logger)
{
    private readonly HashSet<PeerId> _liars = [];

    /// <summary>
    /// True when the node has joined; false where for the time of patience no peer had a snapshot to join by, or the
    /// peers' chain is not the one that the operator trusts.
    /// </summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        int attempts = 0;
        while (attempts < options.MaxAttempts && time.GetElapsedTime(began).TotalMilliseconds < options.PatienceMs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await ChooseAsync(cancellationToken) is not { } height)
            {
                await PauseAsync(cancellationToken);
                continue;
            }

            TermHistory terms = await TermsAsync(JoinBlocks.FirstFor(height), cancellationToken);
            using JoinBlocks blocks = JoinBlocks.Open(
                directory.Disk, JoinInstaller.BlocksOf(directory), genesis, height, terms, logger);
            if (await FetchBlocksAsync(blocks, cancellationToken)
                && await IsTrustedAsync(blocks, cancellationToken)
                && await FrontierAsync(blocks.ProvenHead(), cancellationToken) is { } target
                && await FetchStateAsync(target, blocks, cancellationToken))
            {
                return true;
            }

            // Peers leave, and snapshots give way to newer ones, while a large one is fetched: that is no reason to
            // give up what is there.
            attempts++;
            began = time.GetTimestamp();
            await PauseAsync(cancellationToken);
        }

        return false;
    }

    // What an earlier run has begun comes first; then the newest of those that most peers have.
    private async Task<Height?> ChooseAsync(CancellationToken cancellationToken)
    {
        SnapshotOffer?[] offers = await Task.WhenAll(
            Honest().Select(peer => peer.OfferAsync(null, cancellationToken)));
        IGrouping<Height, Height>[] heights =
        [
            .. offers.OfType<SnapshotOffer>()
                .SelectMany(static offer => offer.Heights.Distinct())
                .Where(static height => height > Height.Genesis)
                .GroupBy(static height => height)
                .OrderByDescending(static group => group.Count())
                .ThenByDescending(static group => group.Key),
        ];
        Height? begun = JoinFolder.HeightOf(directory.Disk, directory.Join, genesis.Hash);
        return heights.Length == 0 ? null
            : begun is { } height && heights.Any(group => group.Key == height) ? height
            : heights[0].Key;
    }

    // The changes of all peers together: one who keeps some back does no harm, and one who forges is known.
    private async Task<TermHistory> TermsAsync(Height until, CancellationToken cancellationToken)
    {
        TermChain chain = new(genesis);
        foreach (ISnapshotPeer peer in Honest())
        {
            IReadOnlyList<TermLink>? links;
            do
            {
                links = await peer.LinksAsync(chain.From, cancellationToken);
            }
            while (links is { Count: > 0 } && TryFollow(chain, links, until, peer));
        }

        return chain.History;
    }

    // True where there may be more to ask for.
    private bool TryFollow(TermChain chain, IReadOnlyList<TermLink> links, Height until, ISnapshotPeer peer)
    {
        foreach (TermLink link in links)
        {
            if (link.Header.Height >= until)
            {
                return false;
            }

            TermVerdict verdict = chain.Extend(link);
            if (verdict == TermVerdict.NotInTerm)
            {
                // It lacks a change before this one, as who joined by a snapshot does.
                return false;
            }

            if (verdict != TermVerdict.Holds)
            {
                Accuse(peer, $"term change in block {link.Header.Height}: {verdict}");
                return false;
            }
        }

        return true;
    }

    private async Task<bool> FetchBlocksAsync(JoinBlocks blocks, CancellationToken cancellationToken)
    {
        int failures = 0;
        while (blocks.Missing > 0)
        {
            IReadOnlyList<ISnapshotPeer> helpers = Honest();
            if (helpers.Count == 0 || failures > options.MaxFailures * helpers.Count)
            {
                return false;
            }

            ISnapshotPeer peer = helpers[failures % helpers.Count];
            IReadOnlyList<CommittedBlock>? answer = await peer.BlocksAsync(
                blocks.Next, Math.Min(options.RangeBlocks, blocks.Missing), cancellationToken);
            if (answer is null or { Count: 0 })
            {
                failures++;
                await PauseAsync(cancellationToken);
                continue;
            }

            BlockVerdict verdict = blocks.Add(answer, Environment.ProcessorCount);
            if (verdict == BlockVerdict.OtherTerm)
            {
                // Whether the block lies or a change was kept from us, others will tell.
                JoinLog.TermUnknown(logger, blocks.Next);
                return false;
            }

            if (verdict != BlockVerdict.Valid)
            {
                Accuse(peer, $"block {blocks.Next}: {verdict}");
            }
        }

        return true;
    }

    private async Task<bool> IsTrustedAsync(JoinBlocks blocks, CancellationToken cancellationToken)
    {
        if (options.TrustedHeight == 0)
        {
            return true;
        }

        Height height = new(options.TrustedHeight);
        if (blocks.HashOf(height) is { } held)
        {
            return held == options.TrustedHash;
        }

        foreach (ISnapshotPeer peer in Honest())
        {
            IReadOnlyList<CommittedBlock>? answer = await peer.BlocksAsync(height, 1, cancellationToken);
            if (answer is [CommittedBlock block] && block.Block.Height == height)
            {
                if (block.Block.Hash == options.TrustedHash)
                {
                    return true;
                }

                JoinLog.NotTrusted(logger, peer.Id, height, block.Block.Hash, options.TrustedHash);
                Accuse(peer, $"its block {height} is not the trusted one");
            }
        }

        return false;
    }

    private async Task<JoinTarget?> FrontierAsync(CheckpointHead head, CancellationToken cancellationToken)
    {
        foreach (ISnapshotPeer peer in Honest())
        {
            SnapshotOffer? offer = await peer.OfferAsync(head.Height, cancellationToken);
            if (offer is null || offer.Frontier.IsEmpty)
            {
                continue;
            }

            if (Bcs.TryDecode(offer.Frontier.Span, out StateFrontier? frontier, out _)
                && frontier.Root == head.StateRoot)
            {
                return new JoinTarget(head, frontier);
            }

            Accuse(peer, $"its frontier of height {head.Height} is not of the certified state");
        }

        return null;
    }

    private async Task<bool> FetchStateAsync(
        JoinTarget target, JoinBlocks blocks, CancellationToken cancellationToken)
    {
        using JoinFolder folder = JoinFolder.Open(directory.Disk, directory.Join, genesis.Hash, target);
        JoinLog.Begins(logger, target.Height, target.Frontier.Nodes.Count, folder.ChunkCount);
        ChunkDownload chunks = new(target, folder, Honest, Accuse, options, time);
        if (!await chunks.RunAsync(cancellationToken) || !await FetchCodesAsync(folder, cancellationToken))
        {
            return false;
        }

        WorldState? state = folder.Build(target.Head.StateRoot, hashSeed);
        Invariant.Check(state is not null);
        folder.Dispose();
        blocks.Dispose();
        JoinInstaller.Install(directory, target.Head, state, logger);
        JoinLog.Joined(logger, target.Height, state.AccountCount);
        return true;
    }

    private async Task<bool> FetchCodesAsync(JoinFolder folder, CancellationToken cancellationToken)
    {
        int failures = 0;
        while (folder.MissingCodes is { Count: > 0 } missing)
        {
            IReadOnlyList<ISnapshotPeer> helpers = Honest();
            if (helpers.Count == 0 || failures > options.MaxFailures * helpers.Count)
            {
                return false;
            }

            ISnapshotPeer peer = helpers[failures % helpers.Count];
            Hash32[] asked = [.. missing.Take(Limits.MaxCodeRequestHashes)];
            IReadOnlyList<ReadOnlyMemory<byte>>? codes = await peer.CodesAsync(asked, cancellationToken);
            if (codes is null or { Count: 0 })
            {
                failures++;
                await PauseAsync(cancellationToken);
                continue;
            }

            foreach (ReadOnlyMemory<byte> code in codes)
            {
                Hash32 hash = Keccak256.Hash(code.Span);
                if (!asked.Contains(hash))
                {
                    Accuse(peer, "code that no account carries");
                    break;
                }

                folder.AddCode(hash, code.Span);
            }
        }

        return true;
    }

    private IReadOnlyList<ISnapshotPeer> Honest() =>
        [.. peers().Where(peer => peer.IsAlive && !IsLiar(peer)).OrderBy(static peer => peer.Id.Key)];

    private bool IsLiar(ISnapshotPeer peer)
    {
        lock (_liars)
        {
            return _liars.Contains(peer.Id);
        }
    }

    private void Accuse(ISnapshotPeer peer, string what)
    {
        lock (_liars)
        {
            _liars.Add(peer.Id);
        }

        peer.Blame(what);
    }

    private Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(options.PauseMs), time, cancellationToken);
}

using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Ledger.Tree;
using EnergyChain.Node.Hosting;
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
    private readonly List<TermLink> _links = [];
    private readonly Dictionary<Height, int> _unproven = [];
    private readonly HashSet<Hash32> _uselessCuts = [];

    /// <summary>
    /// True when the node has joined; false where for the time of patience no peer had a snapshot to join by.
    /// </summary>
    /// <exception cref="StorageException">The disk does not take it, because it is full for instance.</exception>
    /// <exception cref="OperatorException">The peers' chain is not the one that the operator trusts.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryAllAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"Joining by a snapshot stopped, since {directory.Root} cannot be written or read: {failure.Message} "
                + "What was fetched stays, and the next start goes on with it.",
                failure);
        }
    }

    private async Task<bool> TryAllAsync(CancellationToken cancellationToken)
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

            if (await TryOneAsync(height, cancellationToken))
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

    private async Task<bool> TryOneAsync(Height height, CancellationToken cancellationToken)
    {
        TermHistory terms = await TermsAsync(JoinBlocks.FirstFor(height), cancellationToken);
        using JoinBlocks blocks = JoinBlocks.Open(
            directory.Disk, JoinInstaller.BlocksOf(directory), genesis, height, terms, logger);
        JoinTarget? target = await FetchBlocksAsync(blocks, cancellationToken)
            && await IsTrustedAsync(blocks, cancellationToken)
                ? await FrontierAsync(blocks.ProvenHead(), cancellationToken)
                : null;
        if (target is null)
        {
            _unproven[height] = _unproven.GetValueOrDefault(height) + 1;
            return false;
        }

        if (await FetchStateAsync(target, blocks, cancellationToken))
        {
            return true;
        }

        _uselessCuts.Add(target.FrontierHash);
        return false;
    }

    // Whoever makes up a height must not have it tried again and again. Then what an earlier run has begun, then what
    // most peers have, the newest of it.
    private async Task<Height?> ChooseAsync(CancellationToken cancellationToken)
    {
        SnapshotOffer?[] offers = await Task.WhenAll(
            Honest().Select(peer => peer.OfferAsync(null, cancellationToken)));
        Height? begun = JoinFolder.HeightOf(directory.Disk, directory.Join, genesis.Hash);
        return offers.OfType<SnapshotOffer>()
            .SelectMany(static offer => offer.Heights.Distinct())
            .Where(static height => height > Height.Genesis && height.Value < long.MaxValue)
            .Where(height => height.Next.Value >= options.TrustedHeight)
            .GroupBy(static height => height)
            .OrderBy(group => _unproven.GetValueOrDefault(group.Key))
            .ThenByDescending(group => group.Key == begun)
            .ThenByDescending(static group => group.Count())
            .ThenByDescending(static group => group.Key)
            .Select(static group => (Height?)group.Key)
            .FirstOrDefault();
    }

    // The changes of all peers together: one who keeps some back does no harm, and one who forges is known.
    private async Task<TermHistory> TermsAsync(Height until, CancellationToken cancellationToken)
    {
        TermChain chain = new(genesis);
        _links.Clear();
        Height before;
        do
        {
            before = chain.From;
            foreach (ISnapshotPeer peer in Honest())
            {
                IReadOnlyList<TermLink>? links;
                do
                {
                    links = await peer.LinksAsync(chain.From, cancellationToken);
                }
                while (links is { Count: > 0 } && TryFollow(chain, links, until, peer));
            }
        }
        while (chain.From > before);

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

            _links.Add(link);
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
        try
        {
            TrustCheck check = new(genesis, options, logger);
            return await check.HoldsAsync(blocks, Honest(), Accuse, cancellationToken);
        }
        catch (OperatorException)
        {
            // Nothing of another chain may stay for the next start.
            blocks.Dispose();
            JoinInstaller.Discard(directory);
            throw;
        }
    }

    // Any cut folds to the root, also one that nobody else has or that fits no chunk: so first the one that most have,
    // and none again that led nowhere. The lists are not kept, since a hostile one is as long as a frame.
    private async Task<JoinTarget?> FrontierAsync(CheckpointHead head, CancellationToken cancellationToken)
    {
        Dictionary<Hash32, List<ISnapshotPeer>> holders = [];
        foreach (ISnapshotPeer peer in Honest())
        {
            if (await TargetOfAsync(peer, head, cancellationToken) is { } target)
            {
                (holders.TryGetValue(target.FrontierHash, out List<ISnapshotPeer>? others)
                    ? others
                    : holders[target.FrontierHash] = []).Add(peer);
            }
        }

        foreach ((Hash32 hash, List<ISnapshotPeer> peersOfCut) in holders
            .OrderBy(each => _uselessCuts.Contains(each.Key))
            .ThenByDescending(static each => each.Value.Count)
            .ThenBy(static each => each.Key))
        {
            foreach (ISnapshotPeer peer in peersOfCut)
            {
                if (await TargetOfAsync(peer, head, cancellationToken) is { } target && target.FrontierHash == hash)
                {
                    return target;
                }
            }
        }

        return null;
    }

    private async Task<JoinTarget?> TargetOfAsync(
        ISnapshotPeer peer, CheckpointHead head, CancellationToken cancellationToken)
    {
        SnapshotOffer? offer = await peer.OfferAsync(head.Height, cancellationToken);
        if (offer is null || offer.Frontier.IsEmpty)
        {
            return null;
        }

        if (Bcs.TryDecode(offer.Frontier.Span, out StateFrontier? frontier, out _) && frontier.Root == head.StateRoot)
        {
            return new JoinTarget(head, frontier, Blake2b.Hash(offer.Frontier.Span));
        }

        Accuse(peer, $"its frontier of height {head.Height} is not of the certified state");
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
        JoinInstaller.Install(directory, target.Head, state, _links, logger);
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

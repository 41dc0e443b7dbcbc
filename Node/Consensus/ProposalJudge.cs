using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// Comes to a verdict on proposed blocks as soon as it can. Where a block's time lies ahead of our clock or bodies are
/// missing, it asks and tries again later (<see cref="HostTimer.Retry"/>) in place of saying no; a block that nobody
/// has the bodies of is never answered, and the round's timeouts go on. Not thread-safe.
/// </summary>
internal sealed class ProposalJudge(
    ProposalValidator validator,
    BlockBodies bodies,
    IConsensusNetwork network,
    HostTimers timers,
    TimeProvider time,
    ConsensusMetrics metrics,
    ILogger logger)
{
    private readonly Dictionary<Hash32, ProposedBlock> _waiting = [];
    private readonly Dictionary<Hash32, PeerId> _sources = [];
    private readonly Dictionary<Hash32, BodyFetch> _fetches = [];
    private ChainHead? _head;

    /// <summary>Blocks without a verdict.</summary>
    public IReadOnlyList<Hash32> Waiting => [.. _waiting.Keys];

    public void StartHeight(ChainHead head)
    {
        _head = head;
        _waiting.Clear();
        _sources.Clear();
        _fetches.Clear();
    }

    /// <summary>Who sent a proposal of the block first, and so has its bodies.</summary>
    public void NoteSource(Hash32 block, PeerId from) => _sources.TryAdd(block, from);

    public void Ask(Proposal proposal) => _waiting[proposal.BlockHash] = new ProposedBlock(proposal);

    /// <summary>
    /// A peer came that may have bodies that are missing: asks at once. The timers that run stay as they are, so that
    /// a peer that comes and goes does not multiply them.
    /// </summary>
    /// <param name="decided">A proposal that is decided and waits for its bodies.</param>
    public void AskAgain(Proposal? decided)
    {
        IEnumerable<Proposal> waiting = _waiting.Values.Select(proposed => proposed.Proposal);
        foreach (Proposal proposal in decided is null ? waiting : waiting.Append(decided))
        {
            if (_fetches.TryGetValue(proposal.BlockHash, out BodyFetch? fetch)
                && !bodies.TryAssemble(proposal.TransactionIds, out _, out IReadOnlyList<Hash32> missing))
            {
                fetch.Restart();
                network.RequestTransactions(SourceOf(proposal.BlockHash), proposal.BlockHash, missing);
            }
        }
    }

    /// <summary>Forgets blocks of which no proposal is kept.</summary>
    public void Retain(IReadOnlyList<Proposal> proposals)
    {
        HashSet<Hash32> kept = [.. proposals.Select(proposal => proposal.BlockHash)];
        foreach (Hash32 block in _sources.Keys.Concat(_waiting.Keys).Where(block => !kept.Contains(block)).ToArray())
        {
            _waiting.Remove(block);
            _sources.Remove(block);
            _fetches.Remove(block);
        }
    }

    /// <summary>The verdict, once; false where there is none yet or the block is not waiting.</summary>
    /// <param name="block">A block that <see cref="Ask"/> was called for.</param>
    /// <param name="mayRequest">Whether to ask for missing bodies and to try again by a timer.</param>
    /// <param name="valid">The verdict.</param>
    public bool TryJudge(Hash32 block, bool mayRequest, out bool valid)
    {
        valid = false;
        long started = time.GetTimestamp();
        if (!_waiting.TryGetValue(block, out ProposedBlock? proposed)
            || !TryJudge(proposed, mayRequest, out ProposalVerdict verdict))
        {
            return false;
        }

        _waiting.Remove(block);
        valid = verdict == ProposalVerdict.Valid;
        if (!valid)
        {
            logger.InvalidProposal(block, proposed.Proposal.Height, verdict);
        }

        metrics.Stage("validate", time.GetElapsedTime(started));
        return true;
    }

    /// <summary>
    /// All bodies of a block. Where some are missing they are asked for (<see cref="BodyFetch"/>).
    /// </summary>
    public bool TryFindBodies(Proposal proposal, bool mayRequest, out IReadOnlyList<Transaction> transactions)
    {
        if (bodies.TryAssemble(proposal.TransactionIds, out transactions, out IReadOnlyList<Hash32> missing))
        {
            return true;
        }

        Request(proposal, missing, mayRequest);
        return false;
    }

    private void Request(Proposal proposal, IReadOnlyList<Hash32> missing, bool mayRequest)
    {
        if (mayRequest)
        {
            Hash32 block = proposal.BlockHash;
            if (!_fetches.TryGetValue(block, out BodyFetch? fetch))
            {
                _fetches[block] = fetch = new BodyFetch();
            }

            network.RequestTransactions(SourceOf(block), block, missing);
            timers.Schedule(new HostTimer.Retry(block), fetch.Next(missing.Count, out bool isWithheld));
            if (isWithheld)
            {
                BlameProposer(proposal, missing.Count);
            }
        }
    }

    private PeerId? SourceOf(Hash32 block) => _sources.TryGetValue(block, out PeerId from) ? from : null;

    // Who proposes has the bodies, also where it proposes an earlier value. That is who signed for the round: the
    // header may name anybody. It cannot be proven to others that it does not give them: it is told to the network and
    // to the operator.
    private void BlameProposer(Proposal proposal, int missing)
    {
        int proposer = _head!.Proposers.ProposerOf(proposal.Round);
        logger.BodiesWithheld(proposal.BlockHash, proposal.Height, proposer, missing);
        network.Misbehaved(new PeerId(_head.Council[proposer].PublicKey), PeerOffence.WithheldBodies);
    }

    private bool TryJudge(ProposedBlock proposed, bool mayRequest, out ProposalVerdict verdict)
    {
        Proposal proposal = proposed.Proposal;
        verdict = proposed.HeaderHolds ? ProposalVerdict.Valid : validator.CheckHeader(proposal, _head!);
        proposed.HeaderHolds = verdict == ProposalVerdict.Valid;
        if (!proposed.HeaderHolds)
        {
            return true;
        }

        ulong latest = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds() + Limits.MaxClockAheadMs;
        ulong proposedMs = proposal.Header.Time.UnixMs;
        if (proposedMs > latest)
        {
            if (mayRequest)
            {
                ulong waitMs = Math.Min(proposedMs - latest, Limits.MaxClockAheadMs);
                timers.Schedule(new HostTimer.Retry(proposal.BlockHash), TimeSpan.FromMilliseconds(waitMs));
            }

            return false;
        }

        bool complete = bodies.TryAssemble(
            proposal.TransactionIds,
            out IReadOnlyList<Transaction> transactions,
            out IReadOnlyList<Hash32> missing);
        if (!ProposalValidator.MayFit(transactions))
        {
            // Those that are there are too many for a block, whatever the rest is: it is not waited for.
            bodies.Abandon(missing);
            verdict = ProposalVerdict.TooLarge;
            return true;
        }

        if (!complete)
        {
            Request(proposal, missing, mayRequest);
            return false;
        }

        verdict = validator.CheckTransactions(transactions, _head!);
        return true;
    }
}

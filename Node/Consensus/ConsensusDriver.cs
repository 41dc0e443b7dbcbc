using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Inputs;
using EnergyChain.Consensus.Rules;
using EnergyChain.Consensus.Safety;
using EnergyChain.Consensus.Validators;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Pool;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// A validator's consensus, synchronous: takes what came from the network and the timers that are due, steps the
/// machine and carries out its effects in order. Has no thread and no channel, so the node's loop, the tests and a
/// simulator drive the same code. Not thread-safe, but for <see cref="TryGetBody"/>. A broken invariant or a failing
/// disk is thrown and ends the node.
/// </summary>
internal sealed partial class ConsensusDriver
{
    private static readonly TimeSpan StalledAfter = TimeSpan.FromMilliseconds(1_500);
    private static readonly TimeSpan StalledEvery = TimeSpan.FromMilliseconds(1_000);

    private readonly IChain _chain;
    private readonly IConsensusNetwork _network;
    private readonly TimeProvider _time;
    private readonly ConsensusMetrics _metrics;
    private readonly ILogger _logger;
    private readonly JournalWriter _journal;
    private readonly TendermintMachine _machine;
    private readonly Address _ownAddress;
    private readonly EvidencePool _evidence;
    private readonly BlockBodies _bodies;
    private readonly BlockPace _pace;
    private readonly ProposalBuilder _builder;
    private readonly ProposalJudge _judge;
    private readonly ClockWatch _clock;
    private readonly NextHeightBuffer _nextHeight = new();
    private readonly Queue<ConsensusInput> _inputs = new();
    private readonly EffectBuffer _effects = new();
    private readonly HashSet<PeerId> _helped = [];
    private readonly List<JournalRecord> _recovered = [];
    private ChainHead _head;
    private ProposerSchedule _proposers;
    private ConsensusEffect.Commit? _decided;
    private PeerId? _resendTo;
    private bool _heightStarted;
    private bool? _isMember;
    private Round _prunedAt;

    public ConsensusDriver(
        IChain chain,
        ITransactionPool pool,
        IConsensusNetwork network,
        IVoteJournal journal,
        SigningKey key,
        TimeProvider time,
        ConsensusMetrics metrics,
        ILogger logger,
        ConsensusTuning? tuning = null)
    {
        ConsensusTuning tuned = tuning ?? ConsensusTuning.Production;
        _chain = chain;
        _network = network;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _journal = new JournalWriter(journal, chain.Erasures, tuned.CompactAfterBytes);
        _machine = new TendermintMachine(new SafetyGuard(key, chain.Genesis.ChainId), tuned.Timeouts)
        {
            Rules = tuned.Rules,
        };
        _ownAddress = key.Address;
        _evidence = new EvidencePool(chain);
        _bodies = new BlockBodies(pool, chain.Erasures);
        _pace = new BlockPace(chain.Head.Parameters);
        _builder = new ProposalBuilder(chain, pool, _pace);
        Timers = new HostTimers(time);
        _clock = new ClockWatch(time);
        _judge = new ProposalJudge(
            new ProposalValidator(chain, _evidence), _bodies, network, Timers, time, metrics, logger);
        _head = chain.Head;
        _proposers = _head.Proposers;
    }

    /// <summary>
    /// What the driver waits for. Whoever drives it calls <see cref="RunDueTimers"/> when one is due.
    /// </summary>
    public HostTimers Timers { get; }

    /// <summary>The height being decided.</summary>
    public Height Height => _machine.Height;

    public Round Round => _machine.Round;

    /// <summary>What is in memory now, for whoever checks the bounds.</summary>
    public ConsensusHoldings Holdings => new(
        Timers.Count,
        _machine.Proposals.Count(),
        _bodies.Count,
        _nextHeight.Count,
        _evidence.Waiting,
        _evidence.Included);

    /// <summary>Takes up where chain and journal stand. Called once, first.</summary>
    public void Start()
    {
        _recovered.AddRange(_journal.ReadAll());
        _logger.Resumed(_chain.Head.Height.Next, _recovered.Count);
        StartHeight();
        Run();
    }

    /// <summary>A transaction of a block proposed in this height, signatures verified. From any thread.</summary>
    public bool TryGetBody(Hash32 id, [NotNullWhen(true)] out Transaction? transaction) =>
        _bodies.TryGet(id, out transaction);

    public void Handle(HostItem item)
    {
        switch (item)
        {
            case HostItem.Message message:
                OnMessage(message.From, message.Value);
                break;
            case HostItem.Bodies bodies:
                if (_bodies.Deliver(bodies.Transactions))
                {
                    JudgeAgain();
                }

                break;
            case HostItem.Connected connected:
                _resendTo = connected.Peer;
                _inputs.Enqueue(new ConsensusInput.ResendRequested());
                Run();
                _resendTo = null;
                _judge.AskAgain(_decided?.Proposal);
                break;
            case HostItem.Advanced:
                if (_chain.Head.Height >= _machine.Height)
                {
                    StartHeight();
                }

                break;
            default:
                throw new UnreachableException();
        }

        Run();
    }

    public void RunDueTimers()
    {
        while (Timers.TryTakeDue(out HostTimer? timer))
        {
            OnTimer(timer!);
            Run();
        }
    }

    private void OnTimer(HostTimer timer)
    {
        switch (timer)
        {
            case HostTimer.Machine machine:
                _inputs.Enqueue(new ConsensusInput.TimeoutElapsed(machine.Timeout));
                break;
            case HostTimer.Build build:
                Build(build.Round);
                break;
            case HostTimer.Retry retry:
                Judge(retry.Block, mayRequest: true);
                break;
            case HostTimer.Stalled:
                OnStalled();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void OnStalled()
    {
        _logger.Stalled(_machine.Height, _machine.Round, _machine.CurrentStep.ToString());
        _helped.Clear();
        _inputs.Enqueue(new ConsensusInput.ResendRequested());
        if (_chain.TryGetBlock(_head.Height, out CommittedBlock? last))
        {
            _network.AnnounceBlock(last);
        }

        Timers.Schedule(new HostTimer.Stalled(), StalledEvery);
    }

    // Moves to the height after the chain's head. Everything that belongs to another height is forgotten, but for what
    // the journal held of later ones when the node started: where the block log is older than the journal, sync brings
    // us back to the height that we were locked in.
    private void StartHeight()
    {
        ChainHead head = _chain.Head;
        _head = head;
        _pace.Follow(head.Parameters);
        NoteMembership(head);
        Height height = head.Height.Next;
        _proposers = head.Proposers;
        Timers.Clear();
        _bodies.Clear();
        _judge.StartHeight(head);
        _clock.StartHeight(head.Council);
        _prunedAt = Round.Zero;
        _helped.Clear();
        _decided = null;
        _evidence.Follow(head.Height);
        _journal.StartHeight(height);
        JournalRecord[] recovered = [.. _recovered];
        _recovered.RemoveAll(record => record.Height <= height);
        foreach (JournalRecord.Bodies record in recovered.OfType<JournalRecord.Bodies>())
        {
            if (record.Height == height)
            {
                _bodies.Hold(record.Transactions);
            }
        }

        uint delayMs = MsUntilDue();
        Timers.Schedule(new HostTimer.Stalled(), StalledAfter + TimeSpan.FromMilliseconds(delayMs));
        _inputs.Enqueue(new ConsensusInput.StartHeight(height, _proposers, delayMs, recovered));
        _heightStarted = true;
    }

    // The machine votes and proposes by the council of each height: who is no member follows, and takes part again as
    // soon as it is one.
    private void NoteMembership(ChainHead head)
    {
        bool isMember = head.Council.IndexOf(_ownAddress) >= 0;
        if (isMember != _isMember && !isMember)
        {
            _logger.NoMember(head.Height.Next, _ownAddress);
        }
        else if (isMember != _isMember && _isMember is not null)
        {
            _logger.Member(head.Height.Next, head.Council.Count);
        }

        _isMember = isMember;
    }

    // One interval after the parent, or now where that is past; never more than an interval, so that a clock that is
    // behind the chain's does not keep us from proposing.
    private uint MsUntilDue()
    {
        ulong intervalMs = _head.Parameters.BlockIntervalMs;
        ulong due = _head.Time.UnixMs + intervalMs;
        ulong now = _clock.NowMs;
        return due > now ? (uint)Math.Min(due - now, intervalMs) : 0;
    }

    private void Run()
    {
        while (_inputs.TryDequeue(out ConsensusInput? input))
        {
            _effects.Clear();
            _machine.Step(input, _effects);
            CarryOut();
            if (_inputs.Count == 0 && _heightStarted)
            {
                _heightStarted = false;
                foreach ((PeerId from, ConsensusMessage message) in _nextHeight.Drain())
                {
                    OnMessage(from, message);
                }
            }
        }

        if (_machine.Round.Value >= (ulong)_prunedAt.Value + Limits.MaxRoundsBehind)
        {
            // A height that lasts for days must not keep what belongs to rounds long gone.
            _prunedAt = _machine.Round;
            _judge.Retain([.. _machine.Proposals]);
            _bodies.Retain(_machine.Proposals);
        }

        _metrics.SetPosition(_machine.Height.Value, _machine.Round.Value);
    }

    private void OnMessage(PeerId from, ConsensusMessage message)
    {
        switch (message)
        {
            case ConsensusMessage.OfVote { Value: var vote }:
                _metrics.Received("vote");
                OnVote(from, message, vote);
                break;
            case ConsensusMessage.OfProposal { Value: var proposal }:
                _metrics.Received("proposal");
                OnProposal(from, message, proposal);
                break;
            case ConsensusMessage.OfEvidence { Value: var evidence }:
                _metrics.Received("evidence");
                OnEvidence(from, evidence);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void OnVote(PeerId from, ConsensusMessage message, Vote vote)
    {
        if (vote.Height > _machine.Height)
        {
            KeepForLater(from, message, vote.Height);
        }
        else if (!_machine.Wants(vote))
        {
            _metrics.Dropped(vote.Height < _machine.Height ? "old" : "known");
            Help(from, vote);
        }
        else if (MessageCheck.Holds(
            vote, _chain.Genesis.ChainId, _head.Terms.At(vote.Height).Council))
        {
            _inputs.Enqueue(new ConsensusInput.VoteReceived(vote));
            Run();
        }
        else
        {
            _metrics.Dropped("bad_signature");
            _network.Misbehaved(from, PeerOffence.BadSignature);
        }
    }

    private void OnProposal(PeerId from, ConsensusMessage message, Proposal proposal)
    {
        if (proposal.Height > _machine.Height)
        {
            KeepForLater(from, message, proposal.Height);
        }
        else if (!_machine.Wants(proposal))
        {
            _metrics.Dropped(proposal.Height < _machine.Height ? "old" : "known");
        }
        else if (MessageCheck.Holds(proposal, _chain.Genesis.ChainId, _proposers))
        {
            _judge.NoteSource(proposal.BlockHash, from);
            _clock.Received(proposal);
            _inputs.Enqueue(new ConsensusInput.ProposalReceived(proposal));
            Run();
        }
        else
        {
            _metrics.Dropped("bad_signature");
            _network.Misbehaved(from, PeerOffence.BadSignature);
        }
    }

    private void OnEvidence(PeerId from, Evidence evidence)
    {
        if (!_evidence.Wants(evidence))
        {
            _metrics.Dropped("known");
        }
        else if (evidence.Height > _machine.Height)
        {
            _metrics.Dropped("too_far_ahead");
        }
        else if (!_evidence.Verify(evidence))
        {
            _metrics.Dropped("bad_evidence");
            _network.Misbehaved(from, PeerOffence.BadEvidence);
        }
        else if (_evidence.Add(evidence))
        {
            _network.Broadcast(new ConsensusMessage.OfEvidence(evidence));
        }
    }

    private void KeepForLater(PeerId from, ConsensusMessage message, Height height)
    {
        if (height.Value - 1 != _machine.Height.Value || !_nextHeight.TryAdd(from, message))
        {
            _metrics.Dropped("too_far_ahead");
        }
    }

    // A peer that still prevotes on our last block lacks its precommits: once a height, and again when we stand still.
    private void Help(PeerId peer, Vote vote)
    {
        if (vote.Type != VoteType.Prevote
            || vote.Height != _head.Height
            || _head.Certificate is not { } certificate
            || !_helped.Add(peer))
        {
            return;
        }

        for (int i = 0; i < certificate.Signers.Count; i++)
        {
            Vote precommit = new(
                VoteType.Precommit,
                certificate.Height,
                certificate.Round,
                certificate.BlockHash,
                certificate.Signers[i],
                certificate.Signatures[i]);
            _network.Send(peer, new ConsensusMessage.OfVote(precommit));
        }
    }
}

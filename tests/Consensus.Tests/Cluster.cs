using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Inputs;
using EnergyChain.Consensus.Rules;
using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Tests;

/// <summary>
/// Machines over a network in virtual time. Everything that happens follows from the seed. Checks with every commit
/// that all agree, and with every vote that no honest member contradicts itself.
/// </summary>
internal sealed class Cluster
{
    private const ulong ResendEveryMs = 1_000;
    private const uint StartDelayMs = 300;

    private readonly Random _random;
    private readonly ClusterFaults _faults;
    private readonly PriorityQueue<Action, (ulong Time, long Order)> _queue = new();
    private readonly Node[] _nodes;
    private readonly HashSet<int> _gone;
    private readonly Dictionary<ulong, Hash32> _decided = [];
    private readonly HashSet<Hash32> _honestlyBuilt = [];
    private readonly Dictionary<(int, ulong, uint, VoteType), Hash32?> _votes = [];
    private ulong _now;
    private long _order;
    private ulong _salt;
    private int _powerCuts;

    public Cluster(int size, int seed, ClusterFaults faults)
    {
        Council = new TestCouncil(size);
        _random = new Random(seed);
        _faults = faults;
        _nodes = [.. Enumerable.Range(0, size).Select(index => new Node(index, Council.Machine(index)))];
        _gone = [.. faults.Silent];
        if (faults.PowerCutAtMs is { } cutAt)
        {
            Schedule(cutAt, PowerCut);
        }

        foreach (Node node in _nodes.Where(node => !_gone.Contains(node.Index)))
        {
            Schedule((ulong)_random.Next(50), () => StartHeight(node, 1, []));
            Schedule(ResendEveryMs, () => Tick(node));
        }
    }

    public TestCouncil Council { get; }

    public ulong Now => _now;

    public uint MaxRound { get; private set; }

    /// <summary>The heights that the honest members that are up have decided.</summary>
    public IEnumerable<ulong> Heights => _nodes
        .Where(node => !_gone.Contains(node.Index) && _faults.Byzantine != node.Index)
        .Select(node => node.Height - 1);

    public Hash32 Decided(ulong height) => _decided[height];

    /// <summary>Runs until all honest members that are up decided the height, or virtual time is over.</summary>
    public void RunUntil(ulong height, ulong limitMs)
    {
        while (Heights.Any(decided => decided < height) && _now < limitMs
            && _queue.TryDequeue(out Action? action, out (ulong Time, long Order) at))
        {
            _now = at.Time;
            action();
        }
    }

    private void Schedule(ulong delayMs, Action action) => _queue.Enqueue(action, (_now + delayMs, _order++));

    // Everybody loses all but its journal, and what was under way is lost.
    private void PowerCut()
    {
        _powerCuts++;
        if (_faults.LostInPowerCut is { } lost)
        {
            _gone.Add(lost);
        }

        foreach (Node node in _nodes)
        {
            node.Life++;
            if (!_gone.Contains(node.Index))
            {
                node.Machine = Council.Machine(node.Index);
                StartHeight(node, node.Height, [.. node.Journal]);
            }
        }
    }

    private void Tick(Node node)
    {
        if (_gone.Contains(node.Index))
        {
            return;
        }

        Schedule(ResendEveryMs, () => Tick(node));
        if (_now < _faults.HealedAtMs && _random.Next(100) < _faults.CrashPercent)
        {
            // The journal is durable, all else is gone; what was under way for the old process reaches nobody.
            node.Life++;
            node.Machine = Council.Machine(node.Index);
            StartHeight(node, node.Height, [.. node.Journal]);
            return;
        }

        // A node that is behind gets the decided heights from a peer, as sync does.
        Node peer = _nodes[_random.Next(_nodes.Length)];
        if (peer.Height > node.Height && !Drops(peer, node))
        {
            StartHeight(node, peer.Height, []);
        }

        Step(node, new ConsensusInput.ResendRequested());
    }

    private void StartHeight(Node node, ulong height, IReadOnlyList<JournalRecord> recovered)
    {
        node.Height = height;
        Step(node, new ConsensusInput.StartHeight(
            new Height(height), Council.ProposersOf(height), StartDelayMs, recovered));
    }

    private void Step(Node node, ConsensusInput input)
    {
        EffectBuffer effects = new();
        node.Machine.Step(input, effects);
        MaxRound = Math.Max(MaxRound, node.Machine.Round.Value);
        foreach (ConsensusEffect effect in effects.Effects)
        {
            Carry(node, effect);
        }
    }

    private void Carry(Node node, ConsensusEffect effect)
    {
        switch (effect)
        {
            case ConsensusEffect.AppendJournal append:
                node.Journal.Add(append.Record);
                break;
            case ConsensusEffect.BroadcastProposal { Proposal: var proposal }:
                Broadcast(node, new ConsensusInput.ProposalReceived(proposal));
                break;
            case ConsensusEffect.BroadcastVote { Vote: var vote }:
                CheckVote(node, vote);
                BroadcastVote(node, vote);
                break;
            case ConsensusEffect.Resend resend:
                foreach (Proposal proposal in resend.Proposals)
                {
                    Broadcast(node, new ConsensusInput.ProposalReceived(proposal));
                }

                foreach (Vote vote in resend.Votes)
                {
                    Broadcast(node, new ConsensusInput.VoteReceived(vote));
                }

                break;
            case ConsensusEffect.ScheduleTimeout timeout:
                Later(node, timeout.DurationMs, new ConsensusInput.TimeoutElapsed(timeout.Timeout));
                break;
            case ConsensusEffect.RequestValue request:
                ProposedValue value = Council.Value(request.Height.Value, node.Index, _salt++);
                _honestlyBuilt.Add(value.Header.Hash);
                Later(node, StartDelayMs, new ConsensusInput.ValueBuilt(request.Height, request.Round, value));
                break;
            case ConsensusEffect.ValidateProposal { Proposal: var proposal }:
                Later(node, (ulong)_random.Next(30), new ConsensusInput.ProposalValidated(
                    proposal.Height, proposal.BlockHash, true));
                break;
            case ConsensusEffect.Commit commit:
                CheckCommit(commit);
                StartHeight(node, commit.Proposal.Height.Value + 1, []);
                break;
            default:
                break;
        }
    }

    private void Later(Node node, ulong delayMs, ConsensusInput input)
    {
        int life = node.Life;
        Schedule(delayMs, () =>
        {
            if (node.Life == life)
            {
                Step(node, input);
            }
        });
    }

    private void BroadcastVote(Node from, Vote vote)
    {
        if (_faults.Byzantine != from.Index)
        {
            Broadcast(from, new ConsensusInput.VoteReceived(vote));
            return;
        }

        // The other vote is for nil, or for the round's own proposal where the true one is nil.
        Hash32 other = Council.Value(vote.Height.Value, from.Index, _salt).Header.Hash;
        Vote second = Council.Vote(
            vote.Type, vote.Height.Value, vote.Round.Value, vote.BlockHash is null ? other : null, from.Index);
        foreach (Node to in _nodes.Where(to => to != from))
        {
            Send(from, to, new ConsensusInput.VoteReceived(_random.Next(2) == 0 ? vote : second));
        }
    }

    private void Broadcast(Node from, ConsensusInput message)
    {
        foreach (Node to in _nodes.Where(to => to != from))
        {
            Send(from, to, message);
        }
    }

    private void Send(Node from, Node to, ConsensusInput message)
    {
        if (_gone.Contains(to.Index) || Drops(from, to))
        {
            return;
        }

        int cuts = _powerCuts;
        Schedule((ulong)_random.Next(1, _faults.MaxDelayMs), () =>
        {
            if (_powerCuts == cuts)
            {
                Step(to, message);
            }
        });
    }

    private bool Drops(Node from, Node to)
    {
        bool cut = _faults.Partitioned && (from.Index % 2 != to.Index % 2);
        return _gone.Contains(from.Index)
            || (_now < _faults.HealedAtMs && (cut || _random.Next(100) < _faults.LossPercent));
    }

    private void CheckVote(Node node, Vote vote)
    {
        (int, ulong, uint, VoteType) step = (node.Index, vote.Height.Value, vote.Round.Value, vote.Type);
        Assert.That(_votes.TryAdd(step, vote.BlockHash) || _votes[step] == vote.BlockHash, $"{step} signed twice");
    }

    private void CheckCommit(ConsensusEffect.Commit commit)
    {
        Hash32 block = commit.Proposal.BlockHash;
        Assert.That(_decided.TryAdd(commit.Proposal.Height.Value, block)
            || _decided[commit.Proposal.Height.Value] == block, "Agreement");
        Assert.That(_honestlyBuilt, Does.Contain(block), "Validity");
        Assert.That(commit.Certificate.Verify(TestCouncil.ChainId, Council.Council), "Certificate");
    }

    private sealed class Node(int index, TendermintMachine machine)
    {
        public int Index { get; } = index;

        public TendermintMachine Machine { get; set; } = machine;

        public List<JournalRecord> Journal { get; } = [];

        public ulong Height { get; set; } = 1;

        public int Life { get; set; }
    }
}

using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Consensus;

/// <summary>
/// Consensus hosts over a network in memory and one clock that the test moves. Checks with every message that its
/// sender journalled it first and never contradicts itself.
/// </summary>
internal sealed class HostCluster : IDisposable
{
    private const int DelayMs = 10;

    private readonly PriorityQueue<(HostNode From, HostNode To, Action Deliver), (long Time, long Order)> _messages =
        new();

    private readonly Dictionary<(int, ulong, uint, int), Hash32?> _signed = [];
    private long _order;

    /// <param name="size">Nodes.</param>
    /// <param name="clockMs">What the clock shows at first.</param>
    /// <param name="members">How many of them are in the council at first; null for all.</param>
    public HostCluster(int size, ulong clockMs = 10_000, int? members = null)
    {
        Time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds((long)clockMs));
        Nodes = [.. Enumerable.Range(0, size).Select(index => new HostNode(this, index, size, members ?? size))];
    }

    public FakeTimeProvider Time { get; }

    public IReadOnlyList<HostNode> Nodes { get; }

    /// <summary>Whether a message from one node to another is lost.</summary>
    public Func<HostNode, HostNode, ConsensusMessage, bool> Loses { get; set; } = (_, _, _) => false;

    /// <summary>What blocks decide of the term, on every node alike.</summary>
    public Func<Block, TermHistory, Term?> Govern { get; set; } = (_, _) => null;

    private long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public void StartAll()
    {
        foreach (HostNode node in Nodes)
        {
            node.Start();
        }
    }

    /// <summary>Runs until the condition holds; false where it does not within so many milliseconds.</summary>
    public bool RunUntil(Func<bool> condition, int withinMs)
    {
        long end = NowMs + withinMs;
        while (!condition())
        {
            TimeSpan next = Step();
            if (NowMs + next.TotalMilliseconds > end)
            {
                return condition();
            }

            Time.Advance(next);
        }

        return true;
    }

    public void RunFor(int milliseconds)
    {
        long end = NowMs + milliseconds;
        RunUntil(() => false, milliseconds);
        Time.Advance(TimeSpan.FromMilliseconds(Math.Max(0, end - NowMs)));
        Step();
    }

    /// <summary>Runs until every running node has the height.</summary>
    public bool Reaches(ulong height, int withinMs) => RunUntil(
        () => Nodes.All(node => !node.IsUp || node.Chain.Head.Height.Value >= height), withinMs);

    public void Broadcast(HostNode from, ConsensusMessage message)
    {
        Check(from, message);
        foreach (HostNode to in Nodes.Where(to => to != from))
        {
            Send(from, to, message);
        }
    }

    public void Send(HostNode from, HostNode to, ConsensusMessage message)
    {
        if (!Loses(from, to, message))
        {
            Later(from, to, () => to.Host?.Deliver(from.Peer, message));
        }
    }

    public void Later(HostNode from, HostNode to, Action action)
    {
        if (from.IsUp)
        {
            _messages.Enqueue((from, to, action), (NowMs + DelayMs, _order++));
        }
    }

    public void Dispose()
    {
        foreach (HostNode node in Nodes)
        {
            node.Kill();
        }
    }

    // Lets everybody do all that is due now, and tells how long nothing happens.
    private TimeSpan Step()
    {
        while (_messages.TryPeek(out _, out (long Time, long Order) at) && at.Time <= NowMs)
        {
            _messages.Dequeue().Deliver();
        }

        TimeSpan next = TimeSpan.FromSeconds(1);
        foreach (HostNode node in Nodes)
        {
            TimeSpan own = Pump(node) ?? next;
            next = own < next ? own : next;
        }

        if (_messages.TryPeek(out _, out (long Time, long Order) first))
        {
            TimeSpan wait = TimeSpan.FromMilliseconds(Math.Max(0, first.Time - NowMs));
            next = wait < next ? wait : next;
        }

        return next;
    }

    private static TimeSpan? Pump(HostNode node)
    {
        try
        {
            return node.Host?.Pump();
        }
        catch (CrashException)
        {
            node.Kill();
            return null;
        }
    }

    private void Check(HostNode from, ConsensusMessage message)
    {
        switch (message)
        {
            case ConsensusMessage.OfVote { Value: var vote }
                when vote.SignatureHolds(from.Chain.Genesis.ChainId, from.Key.PublicKey):
                CheckSigned((from.Index, vote.Height.Value, vote.Round.Value, 1 + (int)vote.Type), vote.BlockHash);
                CheckJournalled(from, new JournalRecord.OwnVote(vote));
                break;
            case ConsensusMessage.OfProposal { Value: var proposal }
                when proposal.SignatureHolds(from.Key.PublicKey):
                CheckSigned((from.Index, proposal.Height.Value, proposal.Round.Value, 0), proposal.BlockHash);
                CheckJournalled(from, new JournalRecord.OwnProposal(proposal));
                break;
            default:
                break;
        }
    }

    private void CheckSigned((int, ulong, uint, int) step, Hash32? block) =>
        Assert.That(_signed.TryAdd(step, block) || _signed[step] == block, $"{step} signed twice");

    private static void CheckJournalled(HostNode node, JournalRecord record)
    {
        byte[] bytes = Bcs.Encode(record);
        bool isOld = record.Height <= node.Chain.Head.Height;
        Assert.That(
            isOld || node.Journal.ReadAll().Any(known => known.AsSpan().SequenceEqual(bytes)),
            "sent before it was durable");
    }
}

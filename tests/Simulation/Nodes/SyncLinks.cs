using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Pool;
using EnergyChain.Simulation.Network;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Nodes;

/// <summary>
/// The node's sync over virtual links, and what its network says by itself: its height each second, and now and then
/// the pool, as to a peer whose link was new.
/// </summary>
internal sealed class SyncLinks : ISyncNetwork
{
    private const int TickMs = 1_000;
    private const int MostPumps = 10_000;
    private const int OfferEveryTicks = 3;

    private static readonly NetworkOptions Options = new() { VerifyConcurrency = 1 };

    private readonly World _world;
    private readonly SimNode _node;
    private readonly Chain _chain;
    private readonly SyncDriver _driver;
    private long _nextTick;
    private long? _nextPump;
    private int _ticks;

    public SyncLinks(World world, SimNode node, Chain chain, TransactionPool pool)
    {
        _world = world;
        _node = node;
        _chain = chain;
        _nextTick = world.Timeline.Now;
        _driver = new SyncDriver(chain, this, new InlineRangeChecker(), pool.IsVerified, Options, node.Clock);
    }

    public TimeSpan UntilNext =>
        TimeSpan.FromTicks(Math.Max(0, Math.Min(_nextTick, _nextPump ?? long.MaxValue) - _world.Timeline.Now));

    public void RunDue()
    {
        if (_nextTick <= _world.Timeline.Now)
        {
            _nextTick = _world.Timeline.Now + Timeline.TicksOf(TickMs);
            _node.SendAll(SimMessage.OfNumbers(MessageKind.Status, _chain.Head.Height.Value));
            if (++_ticks % OfferEveryTicks == 0 && _world.Nodes.Count > 1)
            {
                int step = 1 + (_ticks % (_world.Nodes.Count - 1));
                _node.OfferPool(_world.Nodes[(_node.Index + step) % _world.Nodes.Count]);
            }
        }

        TimeSpan? next = _driver.Pump();
        for (int pumps = 1; next == TimeSpan.Zero && _world.Violation is null; pumps++)
        {
            if (pumps > MostPumps)
            {
                _world.Fail(
                    ViolationKind.Stopped, $"node {_node.Index}: sync at {_chain.Head.Height} turns without an end");
            }

            next = _driver.Pump();
        }

        _nextPump = next is { } wait ? _world.Timeline.Now + wait.Ticks : null;
    }

    public void OnStatus(SimNode from, ulong height) =>
        _driver.PeerHolds(from.Peer, Height.Genesis.Next, new Height(height));

    public void OnReply(SimNode from, ulong requestId, IReadOnlyList<CommittedBlock> blocks) =>
        _driver.Replied(from.Peer, requestId, blocks);

    public void OnGone(SimNode peer) => _driver.PeerGone(peer.Peer);

    public void Ask(PeerId peer, SyncRequest request)
    {
        foreach (SimNode to in _world.Nodes.Where(other => other.Peer == peer && other != _node))
        {
            _node.Send(to, SimMessage.OfNumbers(
                MessageKind.RangeRequest, request.From.Value, request.Id, (ulong)request.Count));
        }
    }

    public void Blame(PeerId peer, SyncFault fault, Height height, BlockVerdict verdict)
    {
        bool isLie = fault is not (SyncFault.Empty or SyncFault.Timeout);
        if (isLie && _node.IsHonest && _world.Nodes.Where(other => other.Peer == peer).All(other => other.IsHonest))
        {
            _world.Fail(
                ViolationKind.FalseAccusation,
                $"node {_node.Index} accuses an honest one of {fault} at {height} ({verdict})");
        }
    }

    public void Advanced(int blocks) => _node.Process!.Driver.Handle(new HostItem.Advanced());

    public void Announce(CommittedBlock block) =>
        _node.SendAll(SimMessage.OfNumbers(MessageKind.Status, block.Block.Height.Value));

    public void Progress(bool isBehind, Height head, Height target, int peers)
    {
    }

    public void Failed(Height height, CommitOutcome outcome)
    {
        if (outcome == CommitOutcome.StorageFailed)
        {
            throw new IOException($"The block log did not take block {height}.");
        }

        _world.Fail(ViolationKind.Stopped, $"node {_node.Index} cannot commit the certified {height}: {outcome}");
    }
}

using EnergyChain.Core.Chain;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Pool;
using EnergyChain.Simulation.Network;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Nodes;

/// <summary>Catches up from whoever says that it is further; blocks go through the node's own verifier.</summary>
internal sealed class SyncStandIn(World world, SimNode node, Chain chain, TransactionPool pool)
{
    private const int GraceMs = 500;
    private const int AnswerMs = 2_000;
    private const int TickMs = 1_000;
    private const int OfferEveryTicks = 3;

    private readonly Dictionary<int, ulong> _heights = [];
    private long _nextTick = world.Timeline.Now;
    private long _behindSince = long.MaxValue;
    private long _askedUntil;
    private int _asked;
    private int _ticks;

    public TimeSpan? UntilNext => TimeSpan.FromTicks(Math.Max(0, Next - world.Timeline.Now));

    private ulong Own => chain.Head.Height.Value;

    private long Next => _behindSince == long.MaxValue
        ? _nextTick
        : Math.Min(_nextTick, Math.Max(_askedUntil, _behindSince + Timeline.TicksOf(GraceMs)));

    public void RunDue()
    {
        if (_nextTick <= world.Timeline.Now)
        {
            _nextTick = world.Timeline.Now + Timeline.TicksOf(TickMs);
            node.SendAll(SimMessage.OfNumbers(MessageKind.Status, Own));
            if (++_ticks % OfferEveryTicks == 0)
            {
                node.OfferPool(world.Nodes[(node.Index + 1 + (_ticks % (world.Nodes.Count - 1))) % world.Nodes.Count]);
            }
        }

        Ask();
    }

    public void OnStatus(SimNode from, ulong height)
    {
        _heights[from.Index] = height;
        Ask();
    }

    public void OnReply(SimNode from, IReadOnlyList<CommittedBlock> blocks)
    {
        _ = from;
        _askedUntil = 0;
        foreach (CommittedBlock block in blocks)
        {
            BlockVerdict verdict = BlockVerifier.Verify(
                block, chain.Head, world.Genesis.ChainId, pool.IsVerified, concurrency: 1);
            if (verdict != BlockVerdict.Valid)
            {
                continue;
            }

            CommitOutcome outcome = chain.Commit(block);
            if (outcome == CommitOutcome.StorageFailed)
            {
                throw new IOException($"The block log did not take block {block.Block.Height}.");
            }

            if (outcome != CommitOutcome.Committed)
            {
                world.Fail(ViolationKind.Stopped, $"node {node.Index} cannot commit a certified block: {outcome}");
            }
        }

        node.Process!.Driver.Handle(new HostItem.Advanced());
        Ask();
    }

    private void Ask()
    {
        ulong best = _heights.Count == 0 ? 0 : _heights.Values.Max();
        if (best <= Own)
        {
            _behindSince = long.MaxValue;
            return;
        }

        _behindSince = Math.Min(_behindSince, world.Timeline.Now);
        bool isFar = best > Own + 1;
        if (_askedUntil > world.Timeline.Now
            || (!isFar && _behindSince + Timeline.TicksOf(GraceMs) > world.Timeline.Now))
        {
            return;
        }

        int[] peers = [.. _heights.Where(pair => pair.Value > Own).Select(pair => pair.Key).Order()];
        _askedUntil = world.Timeline.Now + Timeline.TicksOf(AnswerMs);
        node.Send(
            world.Nodes[peers[_asked++ % peers.Length]], SimMessage.OfNumbers(MessageKind.RangeRequest, Own + 1));
    }
}

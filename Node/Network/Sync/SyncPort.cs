using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// The sync driver's way into the network. A peer that lied is sent away, and the end of its link is judged; one that
/// owes answers is reported. A certified block that our chain cannot
/// commit means that our own state or disk is wrong, so the node stops rather than to go on beside its chain.
/// </summary>
internal sealed class SyncPort(
    LinkTable links,
    SyncRequests requests,
    BlockAnnouncer announcer,
    ConsensusPort consensus,
    IPeerJudge judge,
    NetworkMetrics metrics,
    IHostApplicationLifetime lifetime,
    ILogger<SyncPort> logger) : ISyncNetwork
{
    public void Ask(PeerId peer, SyncRequest request)
    {
        if (!links.TryGet(peer, out PeerLink? link))
        {
            // The driver is told that it is gone.
            return;
        }

        requests.Add(request.Id, link);
        link.SendUrgent(new Frame
        {
            RangeRequest = new RangeRequest
            {
                RequestId = request.Id,
                FromHeight = request.From.Value,
                MaxBlocks = (uint)request.Count,
            },
        });
    }

    public void Blame(PeerId peer, SyncFault fault, Height height, BlockVerdict verdict)
    {
        metrics.SyncFault();
        if (!fault.IsLie())
        {
            logger.RangeFailed(peer, height, fault);
            judge.Report(peer, PeerOffence.NoAnswer);
            return;
        }

        logger.SyncLie(peer, height, fault, verdict);
        if (links.TryGet(peer, out PeerLink? link))
        {
            link.Close(DisconnectReason.BadBlock);
        }
    }

    public void Advanced(int blocks)
    {
        metrics.BlocksSynced(blocks);
        consensus.Host?.ChainAdvanced();
    }

    public void Announce(CommittedBlock block) => announcer.Announce(block);

    public void Progress(bool isBehind, Height head, Height target, int peers)
    {
        if (isBehind)
        {
            logger.CatchingUp(head, target, peers);
        }
        else
        {
            logger.CaughtUp(head);
        }
    }

    public void Failed(Height height, CommitOutcome outcome)
    {
        logger.CommitFailed(height, outcome);
        lifetime.StopApplication();
    }
}

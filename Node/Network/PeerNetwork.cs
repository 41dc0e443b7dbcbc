using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Network.Gossip;
using EnergyChain.Node.Network.Judgement;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Sync;

namespace EnergyChain.Node.Network;

/// <summary>
/// The network as consensus sees it, and the heartbeat of the links: tells peers where we are and ends links that
/// have gone silent. When the application stops every link is ended first, so that no open stream holds it up.
/// </summary>
internal sealed class PeerNetwork(
    LinkTable links,
    MeshView mesh,
    ConsensusGossip consensusGossip,
    ConsensusPort consensus,
    BodyExchange bodies,
    BlockAnnouncer announcer,
    AddressExchange addresses,
    SyncService sync,
    PeerConnector connector,
    PeerJudge judge,
    LinkAdmission admission,
    NetworkOptions options,
    TimeProvider time,
    IHostApplicationLifetime lifetime) : BackgroundService, IConsensusNetwork
{
    public void Broadcast(ConsensusMessage message) => consensusGossip.Broadcast(message);

    public void Send(PeerId peer, ConsensusMessage message) => consensusGossip.Send(peer, message);

    public void RequestTransactions(PeerId? preferred, Hash32 blockHash, IReadOnlyList<Hash32> transactionIds) =>
        bodies.Request(preferred, blockHash, transactionIds);

    public void Misbehaved(PeerId peer, PeerOffence offence) => judge.Report(peer, offence);

    public void AnnounceBlock(CommittedBlock block) => announcer.Announce(block);

    /// <summary>No link may come up before this is told of it.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        links.LinkUp += OnLinkUp;
        links.LinkDown += OnLinkDown;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenRegistration stop = lifetime.ApplicationStopping.Register(connector.Stop);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(options.StatusIntervalMs), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                SendStatus();
                judge.Refresh();
                addresses.Tick();
                EndUnwelcome();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            connector.Stop();
            judge.Refresh();
            links.LinkUp -= OnLinkUp;
            links.LinkDown -= OnLinkDown;
        }
    }

    // Everyone hears of a link that came or went, because it changes who has to pass what on.
    private void OnLinkUp(PeerLink link)
    {
        SendStatus();
        addresses.OnLinkUp(link);
        sync.Poke();
        if (mesh.IsMember(link))
        {
            consensus.Host?.PeerConnected(link.Id);
        }
    }

    private void OnLinkDown(PeerLink link)
    {
        addresses.OnLinkDown(link);
        sync.Poke();
        SendStatus();
    }

    // The council changes, and with it who has a place here.
    private void EndUnwelcome()
    {
        foreach (PeerLink link in links.All.Where(link => !link.Outgoing && !admission.IsAllowed(link.Id.Key)))
        {
            link.Close(DisconnectReason.NotNamed);
        }
    }

    private void SendStatus()
    {
        Wire.Frame status = mesh.MakeStatus();
        foreach (PeerLink link in links.All)
        {
            link.SendUrgent(status);
            if (link.SilentFor.TotalMilliseconds > options.SilenceTimeoutMs)
            {
                link.Close(DisconnectReason.Silent);
            }
        }
    }
}

using EnergyChain.Core.Primitives;
using EnergyChain.Node.Api;
using EnergyChain.Node.Network;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Tests.Api;

public sealed class NodeAndSiteRpcTests
{
    private readonly Peers _peers = new();
    private ApiHost _host = null!;
    private Proto.NodeService.NodeServiceClient _node = null!;
    private Proto.SiteService.SiteServiceClient _sites = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await ApiHost.StartAsync(sites: new Sites(), peers: _peers);
        _node = new Proto.NodeService.NodeServiceClient(_host.Channel);
        _sites = new Proto.SiteService.SiteServiceClient(_host.Channel);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task GetStatus_tells_chain_peers_and_faults()
    {
        Proto.NodeStatus status = await _node.GetStatusAsync(new());

        Assert.That(status.ChainId, Is.EqualTo(7));
        Assert.That(status.GenesisHash, Is.EqualTo(_host.Chain.Genesis.Hash.ToString()));
        Assert.That(status.NodeName, Is.EqualTo("test"));
        Assert.That(status.Role, Is.EqualTo("relay"));
        Assert.That(status.Version, Is.Not.Empty);
        Assert.That(status.Peers, Is.EqualTo(2));
        Assert.That(status.BestKnownHeight, Is.EqualTo(40));
        Assert.That(status.IndexEnabled, Is.False);
        Assert.That(status.SiteFaults.Select(fault => (fault.Site, fault.Device, fault.State, fault.Reason)),
            Is.EqualTo(new[] { (2u, "meter", "silent", "no answer for 12 s") }));
    }

    [Test]
    public async Task ListPeers_pages()
    {
        Proto.ListPeersResponse first = await _node.ListPeersAsync(new() { PageSize = 2 });
        Proto.ListPeersResponse second = await _node.ListPeersAsync(
            new() { PageSize = 2, PageToken = first.NextPageToken });

        Assert.That(first.Peers.Concat(second.Peers).Select(peer => peer.Endpoint),
            Is.EqualTo(_peers.All.Select(peer => peer.Endpoint)));
        Assert.That(second.NextPageToken, Is.Empty);
    }

    [Test]
    public async Task GetParameters_gives_what_a_builder_needs()
    {
        Proto.Parameters parameters = await _node.GetParametersAsync(new());
        Assert.That(parameters.GasPrice, Is.EqualTo("1000000000"));
        Assert.That(parameters.Council, Is.EqualTo(new[] { TestKeys.Of(1).Address.ToString() }));
    }

    [Test]
    public async Task GetSite_leaves_out_what_no_device_gives()
    {
        Proto.Site site = await _sites.GetSiteAsync(new() { Site = 2 });
        Assert.That(site.HasGridW, Is.False);
        Assert.That(site.ProductionW, Is.EqualTo(1_500));
        Assert.That(site.Devices.Single().State, Is.EqualTo("silent"));
    }

    [Test]
    public async Task GetSite_of_another_node_is_NotFound() => Assert.That(
        await RpcStatus.CodeAsync(() => _sites.GetSiteAsync(new() { Site = 99 }).ResponseAsync),
        Is.EqualTo(StatusCode.NotFound));

    [Test]
    public async Task Sites_and_history_that_a_node_does_not_keep_are_Unimplemented()
    {
        await using ApiHost bare = await ApiHost.StartAsync();
        Proto.SiteService.SiteServiceClient sites = new(bare.Channel);
        Proto.HistoryService.HistoryServiceClient history = new(bare.Channel);

        Assert.That(
            await RpcStatus.CodeAsync(() => sites.ListSitesAsync(new()).ResponseAsync),
            Is.EqualTo(StatusCode.Unimplemented));
        Assert.That(
            await RpcStatus.CodeAsync(() => history.ListTradesAsync(new()).ResponseAsync),
            Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public async Task Health_answers_and_follows_syncing()
    {
        Health.HealthClient health = new(_host.Channel);
        Assert.That(
            (await health.CheckAsync(new())).Status, Is.EqualTo(HealthCheckResponse.Types.ServingStatus.Serving));
        _peers.IsSyncing = true;
        Assert.That(
            (await health.CheckAsync(new())).Status, Is.EqualTo(HealthCheckResponse.Types.ServingStatus.NotServing));
        _peers.IsSyncing = false;
    }

    [Test]
    public async Task Reflection_lists_the_services()
    {
        ServerReflection.ServerReflectionClient reflection = new(_host.Channel);
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            reflection.ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new() { ListServices = "" });
        await call.ResponseStream.MoveNext(CancellationToken.None);

        Assert.That(
            call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name),
            Is.SupersetOf(new[]
            {
                "energychain.v1.NodeService", "energychain.v1.ChainService",
                "energychain.v1.HistoryService", "energychain.v1.SiteService", "grpc.health.v1.Health",
            }));
        await call.RequestStream.CompleteAsync();
    }

    private sealed class Peers : IPeerDirectory
    {
        public IReadOnlyList<PeerSummary> All { get; } =
        [
            new(new PeerId(TestKeys.Of(11).PublicKey), "127.0.0.1:1", "consensus", new Height(40), true, true, 5),
            new(new PeerId(TestKeys.Of(12).PublicKey), "127.0.0.1:2", "relay", new Height(39), true, false, 6),
            new(new PeerId(TestKeys.Of(13).PublicKey), "127.0.0.1:3", "relay", new Height(0), false, true, 0),
        ];

        public bool IsSyncing { get; set; }

        public Height BestKnownHeight => new(40);

        IReadOnlyList<PeerSummary> IPeerDirectory.Peers => All;
    }

    private sealed class Sites : ISiteStatus
    {
        IReadOnlyList<SiteSnapshot> ISiteStatus.Sites { get; } =
        [
            new SiteSnapshot
            {
                Site = 2,
                Name = "home 2",
                Account = TestKeys.Of(2).Address,
                ReadMs = 1_000,
                ProductionW = 1_500,
                Devices =
                [
                    new DeviceSnapshot
                    {
                        Name = "meter",
                        Kind = "meter",
                        Endpoint = "127.0.0.1:502/1",
                        State = DeviceState.Silent,
                        Reason = "no answer for 12 s",
                        SinceMs = 900,
                    },
                ],
            },
        ];
    }
}

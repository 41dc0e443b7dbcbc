using System.Net;
using System.Net.Sockets;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Commands;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;
using EnergyChain.Node.Tests.Network;
using EnergyChain.Vm.State;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Tests.Hosting;

/// <summary>One whole node in this process: real disk, real sockets, a council of one.</summary>
[TestFixture]
internal sealed class NodeHostTests
{
    private static readonly Address Payee = Address.FromNumber(0xABCD);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private string _folder = null!;

    [SetUp]
    public void MakeNode()
    {
        _folder = Directory.CreateTempSubdirectory("energychain-node").FullName;
        GenesisPlan plan = GenesisPlan.Development(1, MarketTiming.For(2));
        Genesis genesis = (plan with { Parameters = plan.Parameters with { BlockIntervalMs = 100 } }).Build();
        File.WriteAllBytes(Path.Combine(_folder, "genesis.json"), GenesisFile.Write(genesis));
        using SigningKey key = DevelopmentKeys.Validator(1);
        KeyFile.Write(Path.Combine(_folder, "node.key"), key);
        using SigningKey stranger = DevelopmentKeys.Relay(1);
        KeyFile.Write(Path.Combine(_folder, "stranger.key"), stranger);
    }

    [TearDown]
    public void RemoveNode() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Lone_validator_makes_blocks_executes_and_keeps_them_over_a_restart()
    {
        Hash32 paid;
        Height stoppedAt;
        await using (NodeHost host = await NodeHost.StartAsync(Options(), null, CancellationToken.None))
        {
            using SigningKey demo = DevelopmentKeys.Demo();
            using TransactionSender sender = new(host.Chain, host.Pool, TimeProvider.System);
            SentTransaction sent = await sender.SendAsync(new TransactionDraft(
                "transfer", demo, null, Payee, 12_345, default, new Gas(21_000))).WaitAsync(Patience);
            Assert.That(sent.Succeeded, Is.True, sent.ToString());
            paid = sent.Receipt!.TransactionId;
            await ReachAsync(host.Chain, host.Chain.Head.Height.Next.Next);
            Assert.That(sender.FinalityMs, Has.Count.EqualTo(1));
            Assert.That(host.Pool.Count, Is.Zero);
            stoppedAt = host.Chain.Head.Height;
        }

        await using NodeHost again = await NodeHost.StartAsync(Options(), null, CancellationToken.None);
        Assert.That(again.Chain.Head.Height, Is.GreaterThanOrEqualTo(stoppedAt));
        Assert.That(again.Chain.TryFindTransaction(paid, out _), Is.True);
        Assert.That(BalanceOf(again.Chain, Payee), Is.EqualTo((UInt256)12_345));
        await ReachAsync(again.Chain, new Height(stoppedAt.Value + 2));
    }

    [Test]
    public async Task Data_directory_is_held_by_one_node()
    {
        await using NodeHost host = await NodeHost.StartAsync(Options(), null, CancellationToken.None);
        OperatorException? error = await Assert.ThrowsAsync<OperatorException>(
            () => NodeHost.StartAsync(Options(), null, CancellationToken.None));
        Assert.That(error!.Message, Does.StartWith("dataDirectory 'data'").And.Contain("in use"));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.InUse));
    }

    [Test]
    public async Task Port_in_use_names_the_option_and_the_port()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        OperatorException? error = await Assert.ThrowsAsync<OperatorException>(
            () => NodeHost.StartAsync(Options(apiListen: $"127.0.0.1:{port}"), null, CancellationToken.None));
        Assert.That(error!.Message, Does.StartWith($"apiListen: port {port} of 127.0.0.1 is in use"));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.InUse));
    }

    [Test]
    public async Task Validator_of_a_council_that_cannot_change_needs_a_members_key()
    {
        Genesis fixedCouncil = GenesisPlan.Development(1, MarketTiming.For(2)).Build();
        fixedCouncil = fixedCouncil with
        {
            Accounts = [.. fixedCouncil.Accounts.Where(account => account.Address != CouncilContract.Address)],
        };
        File.WriteAllBytes(Path.Combine(_folder, "genesis.json"), GenesisFile.Write(fixedCouncil));
        OperatorException? error = await Assert.ThrowsAsync<OperatorException>(
            () => NodeHost.StartAsync(Options(nodeKey: "stranger.key"), null, CancellationToken.None));
        Assert.That(error!.Message, Does.StartWith("nodeKey is 'stranger.key'").And.Contain("council"));
    }

    [Test]
    public async Task Data_of_another_chain_is_refused()
    {
        await using (NodeHost host = await NodeHost.StartAsync(Options(), null, CancellationToken.None))
        {
            await ReachAsync(host.Chain, new Height(1));
        }

        Genesis other = GenesisPlan.Development(1, MarketTiming.For(60)).Build();
        await File.WriteAllBytesAsync(Path.Combine(_folder, "genesis.json"), GenesisFile.Write(other));
        OperatorException? error = await Assert.ThrowsAsync<OperatorException>(
            () => NodeHost.StartAsync(Options(), null, CancellationToken.None));
        Assert.That(error!.Message, Does.Contain("genesis"));
    }

    [Test]
    public async Task Validator_whose_journal_is_lost_starts_only_where_its_operator_says_so()
    {
        await using (NodeHost host = await NodeHost.StartAsync(Options(), null, CancellationToken.None))
        {
            await ReachAsync(host.Chain, new Height(1));
        }

        File.Delete(Path.Combine(_folder, "data", "votes.log"));
        OperatorException? error = await Assert.ThrowsAsync<OperatorException>(
            () => NodeHost.StartAsync(Options(), null, CancellationToken.None));
        Assert.That(error!.Message, Does.Contain("votes.log is absent").And.Contain("newVoteJournal"));
        await using NodeHost again = await NodeHost.StartAsync(
            Options(newVoteJournal: true), null, CancellationToken.None);
        await ReachAsync(again.Chain, again.Chain.Head.Height.Next);
    }

    [Test]
    public async Task Peer_port_serves_peers_only_and_no_other_port_serves_them()
    {
        int port = TestPorts.Stretch();
        await using NodeHost host = await NodeHost.StartAsync(
            Options(peerListen: $"127.0.0.1:{port}", apiListen: $"127.0.0.1:{port + 1}"), null, CancellationToken.None);
        using GrpcChannel api = GrpcChannel.ForAddress($"http://127.0.0.1:{port + 1}");
        Assert.That(
            (await new Proto.NodeService.NodeServiceClient(api).GetStatusAsync(new Proto.GetStatusRequest())).NodeName,
            Is.EqualTo("lone"));

        // The host header is what the client says: it must not choose the services.
        using GrpcChannel wrong = ChannelTo(port + 1, $"http://127.0.0.1:{port}", tls: null);
        using AsyncDuplexStreamingCall<Frame, Frame> peers = new PeerMain.PeerMainClient(wrong).Connect();
        RpcException? refused = await Assert.ThrowsAsync<RpcException>(
            () => peers.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience));
        Assert.That(refused!.StatusCode, Is.EqualTo(StatusCode.Unimplemented));

        using RawTls tls = await RawTls.ConnectAsync(new PeerAddress("127.0.0.1", port));
        using GrpcChannel other = ChannelTo(port, $"https://127.0.0.1:{port + 1}", tls);
        refused = await Assert.ThrowsAsync<RpcException>(
            async () => await new Proto.NodeService.NodeServiceClient(other)
                .GetStatusAsync(new Proto.GetStatusRequest()));
        Assert.That(refused!.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public async Task Operator_sees_peers_and_bans_and_orders_more()
    {
        string config = Path.Combine(_folder, "node.json");
        int port = TestPorts.Stretch();
        NodeOptions options = Options(peerListen: $"127.0.0.1:{port}", apiListen: $"127.0.0.1:{port + 1}");
        await File.WriteAllTextAsync(config, NodeOptionsFile.ToText(options));
        await using (NodeHost host = await NodeHost.StartAsync(options, null, CancellationToken.None))
        {
            StringWriter output = new();
            int code = await NodeCommandLine.RunAsync(
                ["peers", "--config", config, "--ban", "203.0.113.9", "--minutes", "5"], output, TextWriter.Null);
            Assert.That(code, Is.Zero);
            Assert.That(output.ToString(), Does.Contain("203.0.113.9 is banned for 5 minutes"));
        }

        // The node has followed the order at the latest when it stopped.
        StringWriter shown = new();
        await NodeCommandLine.RunAsync(["peers", "--config", config], shown, TextWriter.Null);
        Assert.That(shown.ToString(), Does.Contain("1 bans").And.Contain("203.0.113.9 until").And.Contain("operator"));
        Assert.That(shown.ToString(), Does.Contain("does not answer"));
    }

    // Two listeners to one SIGTERM made its exit code 0 or 1 by chance; a service manager takes 1 for a crash.
    [Test]
    public async Task Signals_are_left_to_the_command_that_runs_the_node()
    {
        await using NodeHost host = await NodeHost.StartAsync(Options(), null, CancellationToken.None);
        Assert.That(host.Services.GetRequiredService<IHostLifetime>(), Is.TypeOf<CallersLifetime>());
    }

    // Once the API and the peer port answered only callers that wrote the port which the node listens on: no node
    // behind a forwarded port could be reached. Peers' side of it is what every network of tests/Processes goes by.
    [Test]
    public async Task Api_answers_by_whatever_name_and_port_a_proxy_in_front_is_called()
    {
        int port = TestPorts.Stretch();
        await using NodeHost host = await NodeHost.StartAsync(
            Options(apiListen: $"127.0.0.1:{port}"), null, CancellationToken.None);
        using GrpcChannel channel = ChannelTo(port, "http://site.example:4711", tls: null);
        Proto.NodeStatus status = await new Proto.NodeService.NodeServiceClient(channel).GetStatusAsync(new());
        Assert.That(status.NodeName, Is.EqualTo("lone"));
    }

    private static GrpcChannel ChannelTo(int port, string authority, RawTls? tls) =>
        GrpcChannel.ForAddress(authority, new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = async (_, token) =>
                {
                    if (tls is not null)
                    {
                        return tls.Stream;
                    }

                    Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
                    await socket.ConnectAsync(IPAddress.Loopback, port, token);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            },
        });

    private static Task ReachAsync(IChain chain, Height height)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IDisposable observation = chain.Observe(new HeightObserver(height, reached));
        if (chain.Head.Height >= height)
        {
            reached.TrySetResult();
        }

        return reached.Task.WaitAsync(Patience).ContinueWith(
            task =>
            {
                observation.Dispose();
                return task;
            },
            TaskScheduler.Default).Unwrap();
    }

    private static UInt256 BalanceOf(IChain chain, Address address) => chain.Read((state, _) =>
        state.TryGetAccount(address, out AccountState account) ? account.Balance : UInt256.Zero);

    private NodeOptions Options(
        string nodeKey = "node.key",
        string apiListen = "127.0.0.1:0",
        bool newVoteJournal = false,
        string peerListen = "127.0.0.1:0") => new()
        {
            Name = "lone",
            Role = NodeRole.Consensus,
            NodeKey = nodeKey,
            PeerListen = peerListen,
            ApiListen = apiListen,
            NewVoteJournal = newVoteJournal,
            LogLevel = "None",
            BaseDirectory = _folder,
        };

    private sealed class HeightObserver(Height height, TaskCompletionSource reached) : IChainObserver
    {
        public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
        {
            if (head.Height >= height)
            {
                reached.TrySetResult();
            }
        }
    }
}

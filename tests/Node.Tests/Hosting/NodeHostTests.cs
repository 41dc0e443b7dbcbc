using System.Net;
using System.Net.Sockets;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;
using EnergyChain.Vm.State;

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
    public async Task Validator_needs_a_members_key()
    {
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
        string nodeKey = "node.key", string apiListen = "127.0.0.1:0", bool newVoteJournal = false) => new()
        {
            Name = "lone",
            Role = NodeRole.Consensus,
            NodeKey = nodeKey,
            PeerListen = "127.0.0.1:0",
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

using System.Diagnostics;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Tests.Hosting;

/// <summary>Whole nodes in this process that start on storage that is not as they left it.</summary>
[TestFixture]
internal sealed class DamagedStartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private string _folder = null!;
    private int _port;

    [SetUp]
    public void MakeTwoNodes()
    {
        _port = TestPorts.Stretch();
        _folder = Directory.CreateTempSubdirectory("energychain-damage").FullName;
        GenesisPlan plan = GenesisPlan.Development(1, MarketTiming.For(2));
        Genesis genesis = (plan with { Parameters = plan.Parameters with { BlockIntervalMs = 100 } }).Build();
        File.WriteAllBytes(Path.Combine(_folder, "genesis.json"), GenesisFile.Write(genesis));
        using SigningKey member = DevelopmentKeys.Validator(1);
        KeyFile.Write(Path.Combine(_folder, "validator.key"), member);
        using SigningKey relay = DevelopmentKeys.Relay(1);
        KeyFile.Write(Path.Combine(_folder, "relay.key"), relay);
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Block_that_must_be_executed_again_and_is_damaged_is_fetched_before_the_start()
    {
        await using NodeHost validator = await NodeHost.StartAsync(Validator(), null, CancellationToken.None);
        await using (NodeHost relay = await NodeHost.StartAsync(Relay(), null, CancellationToken.None))
        {
            await ReachAsync(relay.Chain, new Height(6));
        }

        string log = Directory.GetFiles(Path.Combine(_folder, "relay", "blocks"), "*.log").Single();
        byte[] bytes = await File.ReadAllBytesAsync(log);
        bytes[200] ^= 1;
        await File.WriteAllBytesAsync(log, bytes);

        await using NodeHost again =
            await NodeHost.StartAsync(Relay(), null, CancellationToken.None).WaitAsync(Patience);

        Assert.That(again.Chain.DamagedBlocks, Is.Empty);
        Assert.That(again.Chain.TryGetBlock(new Height(1), out CommittedBlock? mended));
        Assert.That(validator.Chain.TryGetBlock(new Height(1), out CommittedBlock? original));
        Assert.That(mended!.Block.Hash, Is.EqualTo(original!.Block.Hash));
        await ReachAsync(again.Chain, again.Chain.Head.Height.Next);
    }

    [Test]
    public async Task Damaged_block_of_a_node_without_peers_is_one_sentence_with_the_height()
    {
        await using (NodeHost host = await NodeHost.StartAsync(Validator(), null, CancellationToken.None))
        {
            await ReachAsync(host.Chain, new Height(3));
        }

        string log = Directory.GetFiles(Path.Combine(_folder, "validator", "blocks"), "*.log").Single();
        byte[] bytes = await File.ReadAllBytesAsync(log);
        bytes[200] ^= 1;
        await File.WriteAllBytesAsync(log, bytes);

        OperatorException? refused = await Assert.ThrowsAsync<OperatorException>(
            () => NodeHost.StartAsync(Validator(), null, CancellationToken.None));

        Assert.That(refused!.ExitCode, Is.EqualTo(ExitCode.Failure));
        Assert.That(refused.Message, Does.Contain("Block 1 in the block log is damaged"));
        Assert.That(await File.ReadAllBytesAsync(log), Is.EqualTo(bytes));
    }

    [Test]
    [Category("External")]
    public async Task Data_directory_on_a_read_only_mount_is_one_sentence_of_the_process()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/unshare") || Environment.UserName != "root")
        {
            Assert.Ignore("A read-only mount needs Linux, the program unshare and root.");
        }

        await using (NodeHost host = await NodeHost.StartAsync(Validator(), null, CancellationToken.None))
        {
            await ReachAsync(host.Chain, new Height(1));
        }

        string config = Path.Combine(_folder, "node.json");
        await File.WriteAllTextAsync(config, NodeOptionsFile.ToText(Validator()));
        string program = Path.Combine(AppContext.BaseDirectory, "energychain-node.dll");
        string command = $"mount --bind '{_folder}' '{_folder}' && mount -o remount,bind,ro '{_folder}' "
            + $"&& exec dotnet '{program}' run --config '{config}'";
        ProcessStartInfo start = new("/usr/bin/unshare", ["-m", "sh", "-c", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process node = Process.Start(start)!;
        string error = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();

        if (error.Contains("unshare:", StringComparison.Ordinal) || error.Contains("mount:", StringComparison.Ordinal))
        {
            Assert.Ignore("Mounting is not allowed here.");
        }

        Assert.That(node.ExitCode, Is.EqualTo(ExitCode.Failure), error);
        Assert.That(error, Does.StartWith("dataDirectory").And.Contain("cannot be written"));
        Assert.That(error.TrimEnd(), Does.Not.Contain("\n"), "one sentence");
    }

    private static async Task ReachAsync(IChain chain, Height height)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable observation = chain.Observe(new HeightObserver(height, reached));
        if (chain.Head.Height >= height)
        {
            reached.TrySetResult();
        }

        await reached.Task.WaitAsync(Patience);
    }

    private NodeOptions Validator() => new()
    {
        Name = "validator",
        Role = NodeRole.Consensus,
        NodeKey = "validator.key",
        DataDirectory = "validator",
        PeerListen = $"127.0.0.1:{_port}",
        ApiListen = "127.0.0.1:0",
        AllowedPeers = ["*"],
        LogLevel = "None",
        BaseDirectory = _folder,
    };

    private NodeOptions Relay() => new()
    {
        Name = "relay",
        NodeKey = "relay.key",
        DataDirectory = "relay",
        PeerListen = "127.0.0.1:0",
        ApiListen = "127.0.0.1:0",
        Peers = [$"127.0.0.1:{_port}"],
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

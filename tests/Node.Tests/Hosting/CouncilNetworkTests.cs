using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Tests.Hosting;

/// <summary>
/// The life of a council over whole nodes with real disks, sockets and the compiled contract: one joins, one is
/// removed, one runs twice and is suspended, comes back, and all restart.
/// </summary>
[TestFixture]
[Category("Devnet")]
internal sealed class CouncilNetworkTests
{
    private const int Joiner = 4;
    private const int Removed = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SigningKey[] _keys = [.. Enumerable.Range(1, 5).Select(DevelopmentKeys.Validator)];
    private readonly Dictionary<string, NodeHost> _hosts = [];
    private string _folder = null!;
    private int _port;
    private ulong _proposals;

    [SetUp]
    public void MakeNetwork()
    {
        _folder = Directory.CreateTempSubdirectory("energychain-council-").FullName;
        _port = TestPorts.Stretch();
        _proposals = 0;
        GenesisPlan plan = GenesisPlan.Development(4, MarketTiming.For(2));
        ChainParameters parameters = plan.Parameters with { BlockIntervalMs = 300, EpochBlocks = 5 };
        byte[] genesis = GenesisFile.Write((plan with { Parameters = parameters }).Build());
        for (int node = 0; node < _keys.Length; node++)
        {
            string folder = Directory.CreateDirectory(Path.Combine(_folder, $"{node}")).FullName;
            File.WriteAllBytes(Path.Combine(folder, "genesis.json"), genesis);
            KeyFile.Write(Path.Combine(folder, "node.key"), _keys[node]);
        }
    }

    [TearDown]
    public async Task RemoveNetwork()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [OneTimeTearDown]
    public void RemoveKeys()
    {
        foreach (SigningKey key in _keys)
        {
            key.Dispose();
        }
    }

    [Test]
    public async Task Council_takes_in_removes_suspends_and_reinstates_while_the_chain_goes_on()
    {
        foreach (int node in new[] { 0, 1, 2, 3, Joiner })
        {
            await StartAsync($"{node}", node, [.. Enumerable.Range(0, node)]);
        }

        await UntilAsync("4", head => head.Height.Value >= 2, "a node that is no member follows");
        await DecideAsync(CouncilContract.ProposeAdd(_keys[Joiner].PublicKey, 1_000), 0, 1, 2);
        await DecideAsync(CouncilContract.ProposeParameter(CouncilParameter.BlockIntervalMs, 250, 1_000), 0, 1, 2);
        await UntilAsync("4", head => head.Council.Count == 5 && head.Parameters.BlockIntervalMs == 250, "the vote");
        await UntilProposesAsync(Joiner);

        await DecideAsync(CouncilContract.ProposeRemove(_keys[Removed].PublicKey, 1_000), 0, 1, 2, Removed);
        await UntilAsync("0", head => head.Council.Count == 4, "the removal");
        ulong removedAt = _hosts["0"].Chain.Head.Height.Value;
        await UntilAsync($"{Removed}", head => head.Height.Value >= removedAt + 5, "a removed member follows");

        await RunTwiceAsync();
        await UntilAsync("0", head => head.Council.IndexOf(_keys[Joiner].PublicKey) < 0, "the suspension");
        await StopAsync("twin");
        await DecideAsync(CouncilContract.ProposeReinstate(_keys[Joiner].PublicKey, 1_000), 0, 1, 2);
        await UntilAsync("0", head => head.Council.IndexOf(_keys[Joiner].PublicKey) >= 0, "the reinstatement");
        await UntilProposesAsync(Joiner);

        ulong stoppedAt = _hosts["0"].Chain.Head.Height.Value;
        await StopAsync();
        foreach (int node in new[] { 0, 1, 2, 3, Joiner })
        {
            await StartAsync($"{node}", node, [.. Enumerable.Range(0, node)]);
        }

        await UntilAsync("0", head => head.Height.Value >= stoppedAt + 5, "the chain goes on after a restart");
        Assert.That(
            _hosts["0"].Chain.Head.Council.Members.Select(member => member.PublicKey),
            Is.EqualTo(new[] { 0, 1, 2, Joiner }.Select(node => _keys[node].PublicKey)),
            "and nothing of before suspends anybody again");
    }

    // A copy of the whole folder on a second machine, each linked to another member only.
    private async Task RunTwiceAsync()
    {
        await StopAsync($"{Joiner}");
        string twin = Path.Combine(_folder, "twin");
        foreach (string path in Directory.EnumerateFiles(
            Path.Combine(_folder, $"{Joiner}"), "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(twin, Path.GetRelativePath(Path.Combine(_folder, $"{Joiner}"), path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        await StartAsync($"{Joiner}", Joiner, [0]);
        await StartAsync("twin", Joiner, [1]);
    }

    /// <summary>One member proposes; it and the others approve.</summary>
    private async Task DecideAsync(byte[] proposal, params int[] members)
    {
        ulong id = ++_proposals;
        foreach (int member in members)
        {
            byte[] data = member == members[0] ? proposal : CouncilContract.Approve(id);
            NodeHost host = _hosts["0"];
            using TransactionSender sender = new(host.Chain, host.Pool, TimeProvider.System);
            SentTransaction sent = await sender.SendAsync(new TransactionDraft(
                "vote", _keys[member], null, CouncilContract.Address, 0, data, new Gas(2_000_000))).WaitAsync(Patience);
            Assert.That(sent.Succeeded, Is.True, $"{sent} of member {member} on proposal {id}");
        }
    }

    private async Task UntilProposesAsync(int member)
    {
        ulong from = _hosts["0"].Chain.Head.Height.Value;
        await UntilAsync("0", head => Enumerable.Range((int)from, (int)(head.Height.Value - from) + 1).Any(
            height => _hosts["0"].Chain.TryGetBlock(new Height((ulong)height), out CommittedBlock? block)
                && block.Block.Header.Proposer == _keys[member].Address), $"a block of member {member}");
    }

    private async Task UntilAsync(string name, Func<ChainHead, bool> holds, string what)
    {
        IChain chain = _hosts[name].Chain;
        HeadObserver observer = new(holds);
        using IDisposable observation = chain.Observe(observer);
        observer.Look(chain.Head);
        try
        {
            await observer.Seen.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{what}: not by height {chain.Head.Height} of node {name}, "
                + $"{chain.Head.Council.Count} members");
        }
    }

    private async Task StartAsync(string name, int key, int[] peers) =>
        _hosts[name] = await NodeHost.StartAsync(
            new NodeOptions
            {
                Name = name,
                Role = NodeRole.Consensus,
                PeerListen = $"127.0.0.1:{(name == "twin" ? 0 : _port + key)}",
                ApiListen = "127.0.0.1:0",
                Peers = [.. peers.Select(peer => $"{_keys[peer].PublicKey}@127.0.0.1:{_port + peer}")],
                AllowedPeers = [.. _keys.Select(each => each.PublicKey.ToString())],
                LogLevel = "None",
                BaseDirectory = Path.Combine(_folder, name),
            },
            null,
            CancellationToken.None);

    private async Task StopAsync(params string[] names)
    {
        foreach (string name in names.Length > 0 ? names : [.. _hosts.Keys])
        {
            await _hosts[name].DisposeAsync();
            _hosts.Remove(name);
        }
    }

    private sealed class HeadObserver(Func<ChainHead, bool> holds) : IChainObserver
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public void Look(ChainHead head)
        {
            if (holds(head))
            {
                _seen.TrySetResult();
            }
        }

        public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head) => Look(head);
    }
}

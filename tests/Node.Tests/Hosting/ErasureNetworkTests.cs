using System.Text;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;
using EnergyChain.Node.Tests.Erasure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EnergyChain.Node.Tests.Hosting;

/// <summary>
/// An erasure over whole nodes with real disks and sockets: four validators that hold a memo, and two nodes that join
/// after the decision, one by blocks and one by a snapshot. In the end no file of any of them holds it.
/// </summary>
[TestFixture]
[Category("Devnet")]
internal sealed class ErasureNetworkTests
{
    private const int Validators = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly byte[] Memo = Encoding.UTF8.GetBytes("Lee Seo-yeon, flat 402, pays late every month");

    private readonly SigningKey[] _keys = [.. Enumerable.Range(1, 6).Select(DevelopmentKeys.Validator)];
    private readonly Dictionary<int, NodeHost> _hosts = [];
    private string _folder = null!;
    private int _port;

    [SetUp]
    public void MakeNetwork()
    {
        _folder = Directory.CreateTempSubdirectory("energychain-erasure-").FullName;
        _port = TestPorts.Stretch();
        GenesisPlan plan = GenesisPlan.Development(Validators, MarketTiming.For(2));
        ChainParameters parameters = plan.Parameters with { BlockIntervalMs = 300, EpochBlocks = 5 };
        byte[] genesis = GenesisFile.Write((plan with { Parameters = parameters }).Build());
        for (int node = 0; node < _keys.Length; node++)
        {
            string folder = Directory.CreateDirectory(FolderOf(node)).FullName;
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
    public async Task Memo_is_in_no_file_of_any_node_after_the_decision_nor_of_those_that_join_later()
    {
        for (int node = 0; node < Validators; node++)
        {
            await StartAsync(node, isSnapshot: false);
        }

        Transaction carrier = Carrier(_hosts[0].Chain.Genesis.Parameters);
        Assert.That(_hosts[0].Pool.Add(carrier), Is.EqualTo(TransactionRefusal.None));
        for (int node = 0; node < Validators; node++)
        {
            IChain chain = _hosts[node].Chain;
            await UntilAsync(node, head => chain.TryFindTransaction(carrier.Id, out _), "the transaction");
            string blocks = Path.Combine(FolderOf(node), "data", "blocks");
            Assert.That(FolderScan.FilesWith(blocks, Memo), Is.Not.Empty, "every node holds it at first");
        }

        await DecideAsync(CouncilContract.ProposeErase(carrier.Id, ErasureGround.Court, 1_000));
        for (int node = 0; node < Validators; node++)
        {
            await UntilErasedAsync(node);
        }

        await StartAsync(4, isSnapshot: false);
        await StartAsync(5, isSnapshot: true);
        ulong target = _hosts[0].Chain.Head.Height.Value + 5;
        foreach (int node in _hosts.Keys.ToArray())
        {
            await UntilErasedAsync(node);
            await UntilAsync(node, head => head.Height.Value >= target, "five more blocks");
        }

        // Both have the block: of so short a chain a snapshot brings all blocks along.
        foreach (int node in new[] { 4, 5 })
        {
            Assert.That(_hosts[node].Chain.TryFindTransaction(carrier.Id, out TransactionLocation place), Is.True);
            Assert.That(_hosts[node].Chain.TryGetBlock(place.Height, out CommittedBlock? block), Is.True);
            Assert.That(block!.Block.Transactions[place.Index].Memo, Is.Null);
        }

        await StopAsync();
        Assert.That(FolderScan.FilesWith(_folder, Memo), Is.Empty);
    }

    private Transaction Carrier(ChainParameters parameters) => new TransactionBody
    {
        ChainId = parameters.ChainId,
        Nonce = 0,
        GasLimit = new Gas(50_000),
        GasPrice = parameters.GasPrice,
        To = _keys[1].Address,
        Value = 1,
        ValidUntil = new Height(1_000),
        MemoHash = Blake2b.Hash(Memo),
    }.Sign(_keys[3], null, Memo);

    private string FolderOf(int node) => Path.Combine(_folder, $"{node}");

    private async Task DecideAsync(byte[] proposal)
    {
        for (int member = 0; member < 3; member++)
        {
            NodeHost host = _hosts[0];
            using TransactionSender sender = new(host.Chain, host.Pool, TimeProvider.System);
            byte[] data = member == 0 ? proposal : CouncilContract.Approve(1);
            SentTransaction sent = await sender.SendAsync(new TransactionDraft(
                "vote", _keys[member], null, CouncilContract.Address, 0, data, new Gas(2_000_000))).WaitAsync(Patience);
            Assert.That(sent.Succeeded, Is.True, $"{sent} of member {member}");
        }
    }

    private Task UntilErasedAsync(int node)
    {
        RecordEraser eraser = _hosts[node].Services.GetServices<IHostedService>().OfType<RecordEraser>().Single();
        return UntilAsync(node, _ => eraser.Done == 1, "the destruction");
    }

    private async Task UntilAsync(int node, Func<ChainHead, bool> holds, string what)
    {
        IChain chain = _hosts[node].Chain;
        HeadObserver observer = new(holds);
        using IDisposable observation = chain.Observe(observer);
        observer.Look(chain.Head);
        try
        {
            await observer.Seen.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{what}: not by height {chain.Head.Height} of node {node}");
        }
    }

    private async Task StartAsync(int node, bool isSnapshot) =>
        _hosts[node] = await NodeHost.StartAsync(
            new NodeOptions
            {
                Name = $"{node}",
                Role = node < Validators ? NodeRole.Consensus : NodeRole.Relay,
                PeerListen = $"127.0.0.1:{_port + node}",
                ApiListen = "127.0.0.1:0",
                Peers =
                [
                    .. Enumerable.Range(0, Math.Min(node, Validators))
                        .Select(peer => $"{_keys[peer].PublicKey}@127.0.0.1:{_port + peer}"),
                ],
                AllowedPeers = node < Validators ? [.. _keys.Select(each => each.PublicKey.ToString())] : null,
                CheckpointBlocks = 5,
                SnapshotSync = isSnapshot,
                LogLevel = "None",
                BaseDirectory = FolderOf(node),
            },
            null,
            CancellationToken.None);

    private async Task StopAsync()
    {
        foreach (int node in _hosts.Keys.ToArray())
        {
            await _hosts[node].DisposeAsync();
            _hosts.Remove(node);
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

using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Judgement;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.Hosting;

namespace EnergyChain.Node.Tests.Network;

public sealed class SyncTests
{
    private readonly List<TestNode> _nodes = [];

    [TearDown]
    public async Task Stop()
    {
        foreach (TestNode node in _nodes)
        {
            await node.DisposeAsync();
        }

        _nodes.Clear();
    }

    [TestCase(null)]
    [TestCase(0)]
    public async Task Node_that_was_away_catches_up_from_several_peers(int? member)
    {
        TestNode[] ahead =
            [await AddAsync(Grown(100), 1), await AddAsync(Grown(100), 2), await AddAsync(Grown(100), 3)];
        TestNode late = await AddAsync(new FakeChain(), member, Small);
        foreach (TestNode node in ahead)
        {
            await late.LinkToAsync(node);
        }

        await TestNode.Within(late.Chain.Reaches(100));
        Assert.That(late.Chain.Head.Hash, Is.EqualTo(ahead[0].Chain.Head.Hash));
        Assert.That(late.Chain.CommitCalls, Is.EqualTo(100), "no block may be verified and committed twice");
    }

    [Test]
    public async Task Relay_follows_live_and_passes_blocks_on()
    {
        TestNode validator = await AddAsync(new FakeChain(), 0);
        TestNode relay = await AddAsync(new FakeChain(), null);
        TestNode far = await AddAsync(new FakeChain(), null, keyNumber: 1);
        await relay.LinkToAsync(validator);
        await far.LinkToAsync(relay);
        for (ulong height = 1; height <= 5; height++)
        {
            CommittedBlock block = validator.Chain.MakeNext();
            validator.Chain.Commit(block);
            validator.Network.AnnounceBlock(block);
            await TestNode.Within(far.Chain.Reaches(height));
        }

        Assert.That(far.Chain.Head.Hash, Is.EqualTo(validator.Chain.Head.Hash));
    }

    [Test]
    public async Task Block_too_large_to_announce_is_fetched()
    {
        TestNode validator = await AddAsync(new FakeChain(), 0, options => options.MaxAnnouncedBlockBytes = 0);
        TestNode relay = await AddAsync(new FakeChain(), null);
        await relay.LinkToAsync(validator);
        CommittedBlock block = validator.Chain.MakeNext();
        validator.Chain.Commit(block);
        validator.Network.AnnounceBlock(block);

        await TestNode.Within(relay.Chain.Reaches(1));
        Assert.That(relay.Chain.Head.Hash, Is.EqualTo(block.Block.Hash));
    }

    [TestCase("certificate")]
    [TestCase("signature")]
    public async Task Lying_peer_is_sent_away_and_replaced(string lie)
    {
        FakeChain truth = Grown(40, funded: true);
        FakeChain lies = new();
        lies.Fund(TestKeys.Alice.Address, 1_000_000);
        for (ulong height = 1; height <= 40; height++)
        {
            truth.TryGetBlock(new Height(height), out CommittedBlock? block);
            lies.Commit(height < 20 ? block! : Falsify(block!, lie, truth));
        }

        TestNode liar = await AddAsync(lies, 1);
        TestNode honest = await AddAsync(truth, 2);
        FakeChain fresh = new();
        fresh.Fund(TestKeys.Alice.Address, 1_000_000);
        TestNode late = await AddAsync(fresh, null, Small);
        Task<PeerLink> lyingLink = late.LinkWithAsync(liar.Id);
        _ = late.DialAsync(liar.Address);
        Assert.That(
            await TestNode.EndOf(await TestNode.Within(lyingLink)), Is.EqualTo(DisconnectReason.BadBlock));
        Assert.That(late.Service<PeerScores>().Of(liar.Id), Is.GreaterThan(0), "the end of its link is judged");
        await late.LinkToAsync(honest);

        await TestNode.Within(late.Chain.Reaches(40));
        late.Chain.TryGetBlock(new Height(30), out CommittedBlock? stored);
        truth.TryGetBlock(new Height(30), out CommittedBlock? right);
        Assert.That(stored!.Block.Transactions.Select(each => each.Signature),
            Is.EqualTo(right!.Block.Transactions.Select(each => each.Signature)));
    }

    [Test]
    public async Task Peer_that_claims_blocks_and_sends_none_is_passed_over()
    {
        TestNode late = await AddAsync(new FakeChain(), null, options =>
        {
            Small(options);
            options.RangeTimeoutMs = 50;
        });
        using RawPeer boaster = new(late.Address);
        await boaster.ShakeAsync(late.Chain, TestKeys.Of(800));
        await boaster.Stream.WriteAsync(new Frame
        {
            Status = new Status { Height = 1_000_000, CouncilHash = Frames.Pack(late.Chain.Head.Council.Hash) },
        });
        while ((await TestNode.Within(boaster.Stream.ReadAsync()))!.ContentCase
            != Frame.ContentOneofCase.RangeRequest)
        {
        }

        TestNode honest = await AddAsync(Grown(30), 1);
        await late.LinkToAsync(honest);

        await TestNode.Within(late.Chain.Reaches(30));
        Assert.That(late.Chain.Head.Hash, Is.EqualTo(honest.Chain.Head.Hash));
    }

    [Test]
    public async Task Node_whose_own_state_diverges_stops()
    {
        TestNode late = await AddAsync(new FakeChain { FailCommitsWith = CommitOutcome.Diverges }, null, Small);
        TestNode ahead = await AddAsync(Grown(5), 1);
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration onStop = late.Service<IHostApplicationLifetime>()
            .ApplicationStopping.Register(() => stopping.TrySetResult());
        _ = late.DialAsync(ahead.Address);

        await TestNode.Within(stopping.Task);
        Assert.That(late.Log.Lines, Has.Some.StartsWith("Critical").And.Some.Contains(nameof(CommitOutcome.Diverges)));
        Assert.That(late.Chain.CommitCalls, Is.EqualTo(1));
    }

    private static void Small(NetworkOptions options) => options.SyncRangeBlocks = 7;

    private static FakeChain Grown(int blocks, bool funded = false)
    {
        FakeChain chain = new();
        chain.Fund(TestKeys.Alice.Address, funded ? 1_000_000UL : 0UL);
        for (int i = 0; i < blocks; i++)
        {
            chain.Commit(funded
                ? chain.MakeNext(TestTransactions.Transfer(TestKeys.Alice, (ulong)i))
                : chain.MakeNext());
        }

        return chain;
    }

    private static CommittedBlock Falsify(CommittedBlock block, string lie, FakeChain chain) => lie == "certificate"
        ? block with { Certificate = chain.Certify(block.Block.Height, block.Block.Hash, signers: 2) }
        : block with
        {
            Block = block.Block with
            {
                Transactions = [.. block.Block.Transactions.Select(TestTransactions.WithBadSignature)],
            },
        };

    private async Task<TestNode> AddAsync(
        FakeChain chain, int? member, Action<NetworkOptions>? configure = null, int keyNumber = 0)
    {
        TestNode node = await TestNode.StartAsync(chain, member, keyNumber, configure);
        _nodes.Add(node);
        return node;
    }
}

using System.Collections.Concurrent;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Gossip;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Network;

public sealed class GossipTests
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

    [Test]
    public async Task Transaction_reaches_every_node_of_a_ring_and_does_not_go_round_for_ever()
    {
        TestNode[] nodes = await RelaysAsync(4);
        for (int i = 0; i < nodes.Length; i++)
        {
            await nodes[i].LinkToAsync(nodes[(i + 1) % nodes.Length]);
        }

        Transaction there = TestTransactions.Transfer(TestKeys.Alice, 0);
        Transaction back = TestTransactions.Transfer(TestKeys.Bob, 0);
        nodes[0].Pool.Add(there);
        await TestNode.Within(Task.WhenAll(nodes.Select(node => node.Pool.Arrival(there.Id))));
        nodes[2].Pool.Add(back);
        await TestNode.Within(Task.WhenAll(nodes.Select(node => node.Pool.Arrival(back.Id))));

        Assert.That(nodes.Select(node => node.Pool.AdditionsOf(there.Id)), Is.All.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task Transactions_that_wait_reach_a_peer_that_links_later()
    {
        TestNode[] nodes = await RelaysAsync(2);
        Transaction waiting = TestTransactions.Transfer(TestKeys.Alice, 0);
        nodes[0].Pool.Add(waiting);
        await nodes[1].LinkToAsync(nodes[0]);

        await TestNode.Within(nodes[1].Pool.Arrival(waiting.Id));
        Assert.That(nodes[1].Pool.TryGet(waiting.Id, out _), Is.True);
    }

    [Test]
    public async Task Transactions_that_a_full_queue_dropped_are_offered_again()
    {
        FakeChain chain = new();
        chain.Fund(TestKeys.Alice.Address, 1_000);
        TestNode node = await TestNode.StartAsync(chain, configure: options =>
        {
            options.TransactionQueueFrames = 1;
            options.OfferAgainMs = 10;
        });
        _nodes.Add(node);
        PeerLink link = new(HelloOf(chain), Hash32.Zero, "", outgoing: true, node.Options, TimeProvider.System);
        Assert.That(link.SendTransactions(new Frame()), Is.True);
        Transaction dropped = TestTransactions.Transfer(TestKeys.Alice, 0);
        node.Pool.Add(dropped);
        node.Links.TryAdd(link);
        node.Links.Announce(link);
        Assert.That(link.Transactions.Dropped, Is.Positive);

        await link.Transactions.TakeAsync();
        Frame? next = await TestNode.Within(link.Transactions.TakeAsync().AsTask());
        Assert.That(next!.Transactions.Transactions, Is.EqualTo(new[] { Frames.Pack(dropped) }));
    }

    [Test]
    [Property("Incident", "Helium 2019")]
    public async Task Transactions_from_peers_are_verified_by_so_many_workers_and_no_more()
    {
        const int Workers = 2;
        TestNode[] nodes = await RelaysAsync(2, static options => options.VerifyConcurrency = Workers);
        await nodes[0].LinkToAsync(nodes[1]);
        using ManualResetEventSlim gate = new();
        ConcurrentBag<int> underWay = [];
        nodes[1].Pool.Adding = count =>
        {
            underWay.Add(count);
            gate.Wait(TimeSpan.FromSeconds(60));
        };
        Transaction[] flood = [.. Enumerable.Range(0, 60).Select(nonce =>
            TestTransactions.Transfer(TestKeys.Alice, (ulong)nonce))];
        foreach (Transaction transaction in flood)
        {
            nodes[0].Pool.Add(transaction);
        }

        // All have come and wait for the workers, who are held where they are.
        PeerLink link = await nodes[1].LinkWithAsync(nodes[0].Id);
        await TestNode.Within(Task.Run(async () =>
        {
            while (underWay.Count < Workers || !flood.All(each => link.Known.Contains(each.Id)))
            {
                await Task.Yield();
            }
        }));
        Assert.That(underWay, Has.Count.EqualTo(Workers));

        gate.Set();
        await TestNode.Within(Task.WhenAll(flood.Select(each => nodes[1].Pool.Arrival(each.Id))));
        Assert.That(underWay, Has.Count.EqualTo(flood.Length).And.All.LessThanOrEqualTo(Workers));
    }

    [Test]
    public async Task Stranger_is_not_read_while_the_pool_is_behind_and_is_read_on_after_a_block()
    {
        FakeChain chain = new();
        chain.Fund(TestKeys.Alice.Address, 1_000_000);
        chain.Fund(TestKeys.Bob.Address, 1_000);
        await using TestNode node =
            await TestNode.StartAsync(chain, configure: options => options.AdmissionCheckMs = 1);
        Transaction[] waiting = [.. Enumerable.Range(0, AdmissionGate.Least).Select(nonce =>
            TestTransactions.Transfer(TestKeys.Alice, (ulong)nonce))];
        Assert.That(waiting.Select(node.Pool.Add), Is.All.EqualTo(TransactionRefusal.None));
        PeerLink stranger = new(HelloOf(chain), Hash32.Zero, "", outgoing: false, node.Options, TimeProvider.System);
        Transaction late = TestTransactions.Transfer(TestKeys.Bob, 0);
        TransactionBatch batch = new() { Transactions = { Frames.Pack(late) } };

        Task<DisconnectReason> received =
            node.Service<TransactionGossip>().ReceiveAsync(stranger, batch).AsTask();
        Assert.That(received.IsCompleted, Is.False);
        Assert.That(node.Pool.AdditionsOf(late.Id), Is.Zero);

        chain.Commit(chain.MakeNext(waiting));
        Assert.That(await TestNode.Within(received), Is.EqualTo(DisconnectReason.None));
        await TestNode.Within(node.Pool.Arrival(late.Id));
    }

    [Test]
    public async Task Vote_is_delivered_once_to_each_member_and_to_no_relay()
    {
        FakeChain chain = new();
        TestNode[] members = [await AddAsync(chain, 0), await AddAsync(chain, 1), await AddAsync(chain, 2)];
        TestNode relay = await AddAsync(chain, null);
        await members[0].LinkToAsync(members[1]);
        await members[1].LinkToAsync(members[2]);
        await members[2].LinkToAsync(members[0]);
        await relay.LinkToAsync(members[0]);
        Vote vote = VoteOf(chain, 0);
        members[0].Network.Broadcast(new ConsensusMessage.OfVote(vote));

        foreach (TestNode member in members[1..])
        {
            (PeerId from, ConsensusMessage message) = await NextMessageAsync(member);
            Assert.That(((ConsensusMessage.OfVote)message).Value, Is.EqualTo(vote));
            Assert.That(from, Is.EqualTo(members[0].Id));
        }

        Assert.That(relay.Links.All, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Vote_is_passed_on_where_a_link_is_missing()
    {
        FakeChain chain = new();
        TestNode[] line = [await AddAsync(chain, 0), await AddAsync(chain, 1), await AddAsync(chain, 2)];
        await line[0].LinkToAsync(line[1]);
        await line[1].LinkToAsync(line[2]);
        Vote vote = VoteOf(chain, 0);
        line[0].Network.Broadcast(new ConsensusMessage.OfVote(vote));

        (PeerId from, ConsensusMessage message) = await NextMessageAsync(line[2]);
        Assert.That(((ConsensusMessage.OfVote)message).Value, Is.EqualTo(vote));
        Assert.That(from, Is.EqualTo(line[1].Id));
    }

    [Test]
    public async Task Forged_vote_is_delivered_but_not_passed_on()
    {
        FakeChain chain = new();
        TestNode[] line = [await AddAsync(chain, 0), await AddAsync(chain, 1), await AddAsync(chain, 2)];
        await line[0].LinkToAsync(line[1]);
        await line[1].LinkToAsync(line[2]);
        Vote good = VoteOf(chain, 0);
        line[0].Network.Broadcast(new ConsensusMessage.OfVote(good with { Validator = 3 }));
        line[0].Network.Broadcast(new ConsensusMessage.OfVote(good));

        ConsensusMessage delivered = (await NextMessageAsync(line[1])).Message;
        ConsensusMessage passedOn = (await NextMessageAsync(line[2])).Message;
        Assert.That(((ConsensusMessage.OfVote)delivered).Value.Validator, Is.EqualTo(3));
        Assert.That(((ConsensusMessage.OfVote)passedOn).Value, Is.EqualTo(good));
    }

    [Test]
    public async Task Consensus_is_told_of_members_that_connect()
    {
        FakeChain chain = new();
        TestNode first = await AddAsync(chain, 0);
        TestNode second = await AddAsync(chain, 1);
        TestNode relay = await AddAsync(chain, null);
        await relay.LinkToAsync(first);
        await second.LinkToAsync(first);

        Assert.That(await FirstConnectedAsync(first), Is.EqualTo(second.Id));
        Assert.That(await FirstConnectedAsync(second), Is.EqualTo(first.Id));
    }

    [Test]
    public async Task Bodies_come_from_whichever_peer_has_them()
    {
        FakeChain chain = new();
        chain.Fund(TestKeys.Alice.Address, 1_000);
        TestNode asker = await AddAsync(chain, 0, options => options.BatchIntervalMs = 1_000);
        TestNode empty = await AddAsync(chain, 1, options => options.BatchIntervalMs = 1_000);
        TestNode owner = await AddAsync(chain, 2, options => options.BatchIntervalMs = 1_000);
        await asker.LinkToAsync(empty);
        await asker.LinkToAsync(owner);
        Transaction pooled = TestTransactions.Transfer(TestKeys.Alice, 1);
        Transaction included = TestTransactions.Transfer(TestKeys.Alice, 0);
        chain.Commit(chain.MakeNext(included));
        owner.Pool.Add(pooled);
        asker.Network.RequestTransactions(empty.Id, Hash32.Zero, [pooled.Id]);

        IReadOnlyList<Transaction> bodies =
            await TestNode.Within(asker.Consensus!.Bodies.Reader.ReadAsync().AsTask());
        Assert.That(bodies.Select(body => body.Id), Is.EqualTo(new[] { pooled.Id }));
        Assert.That(asker.Pool.TryGet(pooled.Id, out _), Is.True);
    }

    [Test]
    public async Task Relays_learn_of_each_other_from_a_third_and_link()
    {
        TestNode[] nodes = await RelaysAsync(3, options => options.MaxRetryMs = 50);
        foreach (TestNode node in nodes)
        {
            node.Options.AdvertisedAddress = node.Address.Endpoint;
        }

        Task<PeerLink> met = nodes[2].LinkWithAsync(nodes[1].Id);
        await nodes[1].LinkToAsync(nodes[0]);
        await nodes[2].LinkToAsync(nodes[0]);

        Assert.That((await TestNode.Within(met)).Id, Is.EqualTo(nodes[1].Id));
    }

    [Test]
    public async Task Configured_peer_is_linked_again_after_it_was_away()
    {
        FakeChain chain = new();
        TestNode listener = await AddAsync(chain, 0);
        TestNode dialer = await AddAsync(
            chain, 1, options => options.StaticPeers = [listener.Address.Endpoint]);
        PeerLink first = await dialer.LinkWithAsync(listener.Id);
        first.Close(DisconnectReason.SlowReader);
        await TestNode.EndOf(first);

        TaskCompletionSource again = new(TaskCreationOptions.RunContinuationsAsynchronously);
        dialer.Links.LinkUp += link => _ = ReferenceEquals(link, first) || again.TrySetResult();
        if (dialer.Links.TryGet(listener.Id, out PeerLink? now)
            && !ReferenceEquals(now, first))
        {
            again.TrySetResult();
        }

        await TestNode.Within(again.Task);
        PeerSummary peer = dialer.Service<IPeerDirectory>().Peers.Single();
        Assert.That((peer.Id, peer.Outbound, peer.Role), Is.EqualTo((listener.Id, true, "consensus")));
    }

    private static Vote VoteOf(FakeChain chain, int member)
    {
        Height height = chain.Head.Height.Next;
        byte[] signed = Vote.SignedBytes(VoteType.Prevote, height, Round.Zero, null);
        return new Vote(
            VoteType.Prevote,
            height,
            Round.Zero,
            null,
            member,
            chain.CouncilKey(member).Sign(SigningDomain.Vote, chain.Genesis.ChainId, signed));
    }

    private static Task<PeerId> FirstConnectedAsync(TestNode node) =>
        TestNode.Within(node.Consensus!.Connected.Reader.ReadAsync().AsTask());

    private static Task<(PeerId From, ConsensusMessage Message)> NextMessageAsync(TestNode node) =>
        TestNode.Within(node.Consensus!.Messages.Reader.ReadAsync().AsTask());

    private async Task<TestNode[]> RelaysAsync(int count, Action<NetworkOptions>? configure = null)
    {
        List<TestNode> relays = [];
        for (int i = 0; i < count; i++)
        {
            FakeChain chain = new();
            chain.Fund(TestKeys.Alice.Address, 1_000);
            chain.Fund(TestKeys.Bob.Address, 1_000);
            relays.Add(await TestNode.StartAsync(chain, keyNumber: i, configure: configure));
        }

        _nodes.AddRange(relays);
        return [.. relays];
    }

    private async Task<TestNode> AddAsync(FakeChain chain, int? member, Action<NetworkOptions>? configure = null)
    {
        TestNode node = await TestNode.StartAsync(chain, member, configure: configure);
        _nodes.Add(node);
        return node;
    }

    private static HandshakeHello HelloOf(FakeChain chain) => new()
    {
        Kind = ConnectionKind.Main,
        NodeKey = TestKeys.Bob.PublicKey,
        Nonce = Hash32.Zero,
        ChainId = chain.Genesis.ChainId,
        GenesisHash = chain.Genesis.Hash,
        Role = PeerRole.Relay,
        Head = chain.Head.Height,
        ListenAddress = "",
        ChannelBinding = Hash32.Zero,
    };
}

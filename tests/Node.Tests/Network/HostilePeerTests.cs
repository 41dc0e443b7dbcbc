using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Tests.Fakes;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Status = EnergyChain.Node.Network.Wire.Status;

namespace EnergyChain.Node.Tests.Network;

/// <summary>Whatever a peer sends, the link ends with a reason and the node goes on.</summary>
public sealed class HostilePeerTests
{
    private static readonly FakeChain Chain = new();

    private TestNode _node = null!;

    [SetUp]
    public async Task Start() => _node = await TestNode.StartAsync(
        Chain, member: 0, configure: options => options.MaxBadSignatures = 2);

    [TearDown]
    public async Task Stop()
    {
        using RawPeer honest = new(_node.Address);
        Assert.That((await honest.ShakeAsync(Chain, TestKeys.Of(600))).Reason, Is.EqualTo(DisconnectReason.None));
        await _node.DisposeAsync();
    }

    [TestCase("empty", DisconnectReason.BadFrame)]
    [TestCase("status", DisconnectReason.BadFrame)]
    [TestCase("vote", DisconnectReason.BadFrame)]
    [TestCase("proposal", DisconnectReason.BadFrame)]
    [TestCase("evidence", DisconnectReason.BadFrame)]
    [TestCase("announcement", DisconnectReason.BadFrame)]
    [TestCase("block", DisconnectReason.BadBlock)]
    [TestCase("range", DisconnectReason.BadFrame)]
    [TestCase("bodies", DisconnectReason.BadFrame)]
    [TestCase("many bodies", DisconnectReason.BadFrame)]
    [TestCase("addresses", DisconnectReason.UnexpectedFrame)]
    [TestCase("hello again", DisconnectReason.UnexpectedFrame)]
    [TestCase("transactions", DisconnectReason.UnexpectedFrame)]
    public async Task Frame_that_makes_no_sense_ends_the_link(string what, DisconnectReason expected)
    {
        using RawPeer validator = new(_node.Address);
        ByteString garbage = ByteString.CopyFrom(1, 2, 3);
        ByteString hash = ByteString.CopyFrom(new byte[32]);
        BodyRequest many = new();
        many.Ids.AddRange(Enumerable.Repeat(hash, Limits.MaxBodyRequestIds + 1));
        Frame frame = what switch
        {
            "empty" => new Frame(),
            "status" => new Frame { Status = new Status { CouncilHash = garbage } },
            "vote" => new Frame { Vote = garbage },
            "proposal" => new Frame { Proposal = garbage },
            "evidence" => new Frame { Evidence = garbage },
            "announcement" => new Frame { Announcement = new BlockAnnouncement { Hash = garbage } },
            "block" => new Frame { Announcement = new BlockAnnouncement { Height = 1, Hash = hash, Block = garbage } },
            "range" => new Frame { RangeRequest = new RangeRequest { FromHeight = 1, MaxBlocks = 100_000 } },
            "bodies" => new Frame { BodyRequest = new BodyRequest { Ids = { garbage } } },
            "many bodies" => new Frame { BodyRequest = many },
            "addresses" => new Frame { Addresses = new AddressList { Addresses = { "10.0.0.1:1" } } },
            "hello again" => RawPeer.FrameOf(validator.Hello(Chain, TestKeys.Of(1))),
            _ => new Frame { Transactions = new TransactionBatch() },
        };
        await validator.ShakeAsync(Chain, TestKeys.Of(1));
        await validator.Stream.WriteAsync(frame);

        Assert.That(await validator.FarewellAsync(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Vote_from_a_relay_ends_the_link()
    {
        using RawPeer relay = new(_node.Address);
        await relay.ShakeAsync(Chain, TestKeys.Of(601));
        await relay.Stream.WriteAsync(new Frame { Vote = ByteString.CopyFrom(1) });

        Assert.That(await relay.FarewellAsync(), Is.EqualTo(DisconnectReason.NotAllowed));
        Assert.That(_node.Consensus!.Messages.Reader.TryRead(out _), Is.False);
    }

    [Test]
    public async Task Bytes_that_are_no_frame_are_refused()
    {
        Assert.That(await SayGarbageAsync("PeerMain", 5), Is.EqualTo(DisconnectReason.BadFrame));
    }

    [TestCase("PeerTransactions", Limits.MaxTransactionFrameBytes + 1)]
    [TestCase("PeerMain", Limits.MaxMainFrameBytes + 1)]
    public async Task Frame_over_the_limit_before_the_handshake_ends_the_connection(string service, int length)
    {
        Assert.That(await SayGarbageAsync(service, length), Is.Null.Or.EqualTo(DisconnectReason.FrameTooLarge));
    }

    [Test]
    public async Task Transactions_with_bad_signatures_are_counted_and_then_end_the_link()
    {
        (RawPeer main, RawPeer transactions, PeerLink link) = await LinkAsync(603);
        using RawPeer first = main;
        using RawPeer second = transactions;
        SigningKey rich = TestKeys.Of(700);
        Chain.Fund(rich.Address, 1_000_000);
        Task<DisconnectReason> end = TestNode.EndOf(link);
        for (ulong nonce = 0; !end.IsCompleted; nonce = (nonce + 1) % 500)
        {
            Transaction bad = TestTransactions.WithBadSignature(TestTransactions.Transfer(rich, nonce));
            Frame frame = new() { Transactions = new TransactionBatch { Transactions = { Frames.Pack(bad) } } };
            try
            {
                await transactions.Stream.WriteAsync(frame);
            }
            catch (Exception failure) when (FrameFailure.IsExpected(failure))
            {
                break;
            }
        }

        Assert.That(await end, Is.EqualTo(DisconnectReason.BadTransactions));
        Assert.That(link.Summary.TransactionsRefused, Is.GreaterThan(2));
        Assert.That(_node.Pool.Count, Is.Zero);
    }

    [Test]
    public async Task Bodies_that_one_peer_sends_drop_by_drop_are_asked_of_the_next()
    {
        _node.Options.BodyTimeoutMs = 60_000;
        (RawPeer main, RawPeer transactions, PeerLink link) = await LinkAsync(605);
        using RawPeer first = main;
        using RawPeer second = transactions;
        await using TestNode owner = await TestNode.StartAsync(Chain, member: 1);
        await _node.LinkToAsync(owner);
        SigningKey rich = TestKeys.Of(701);
        Transaction[] bodies =
            [.. Enumerable.Range(0, 3).Select(nonce => TestTransactions.Transfer(rich, (ulong)nonce))];
        foreach (Transaction body in bodies)
        {
            // Held by the consensus loop and not in the pool, as after a restart.
            owner.Consensus!.Held[body.Id] = body;
        }

        _node.Network.RequestTransactions(link.Id, Hash32.Zero, [.. bodies.Select(body => body.Id)]);
        Frame request = await ReadBodyRequestAsync(main);
        BodyReply drop = new() { RequestId = request.BodyRequest.RequestId, Transactions = { Frames.Pack(bodies[0]) } };
        await main.Stream.WriteAsync(new Frame { BodyReply = drop });

        // The peer would not answer again; it is not asked, and the rest comes from the other one.
        Task<Frame> askedAgain = ReadBodyRequestAsync(main);
        Assert.That(await NextBodiesAsync(), Is.EqualTo(new[] { bodies[0].Id }));
        Assert.That(await NextBodiesAsync(), Is.EquivalentTo(new[] { bodies[1].Id, bodies[2].Id }));
        Assert.That(askedAgain.IsCompletedSuccessfully, Is.False);
    }

    [Test]
    public async Task Peer_that_does_not_read_its_answers_gets_no_more_made()
    {
        (RawPeer main, RawPeer transactions, PeerLink link) = await LinkAsync(607);
        using RawPeer first = main;
        using RawPeer second = transactions;
        FrameRouter router = _node.Service<FrameRouter>();
        PeerLink unread = new(
            main.Hello(Chain, TestKeys.Of(607)), Hash32.Zero, "", outgoing: false, _node.Options, TimeProvider.System);
        Frame request = new() { RangeRequest = new RangeRequest { FromHeight = 1, MaxBlocks = 1 } };
        for (int i = 0; i < 1_000; i++)
        {
            Assert.That(
                await router.RouteAsync(unread, ConnectionKind.Main, request), Is.EqualTo(DisconnectReason.None));
        }

        Assert.That(unread.Main.BulkWaiting, Is.EqualTo(16));
        Assert.That(unread.Main.Dropped, Is.Zero);
        Assert.That(link.Reason, Is.EqualTo(DisconnectReason.None));
    }

    [Test]
    public async Task Relay_that_attaches_no_transaction_connection_is_let_go()
    {
        await using TestNode hasty = await TestNode.StartAsync(
            Chain, member: 1, configure: options => options.HandshakeTimeoutMs = 100);
        using RawPeer half = new(hasty.Address);
        await half.ShakeAsync(Chain, TestKeys.Of(604));

        Assert.That(await half.FarewellAsync(), Is.EqualTo(DisconnectReason.HandshakeTimeout));
    }

    private static async Task<Frame> ReadBodyRequestAsync(RawPeer peer)
    {
        Frame? frame;
        do
        {
            frame = await TestNode.Within(peer.Stream.ReadAsync());
        }
        while (frame!.ContentCase != Frame.ContentOneofCase.BodyRequest);

        return frame;
    }

    private async Task<DisconnectReason?> SayGarbageAsync(string service, int length)
    {
        using RawTls raw = await RawTls.ConnectAsync(_node.Address);
        using GrpcChannel channel = raw.OpenChannel();
        Marshaller<byte[]> bytes = Marshallers.Create<byte[]>(value => value, value => value);
        Method<byte[], byte[]> connect = new(
            MethodType.DuplexStreaming, "energychain.peer.v1." + service, "Connect", bytes, bytes);
        using AsyncDuplexStreamingCall<byte[], byte[]> call =
            channel.CreateCallInvoker().AsyncDuplexStreamingCall(connect, null, default);
        byte[] garbage = new byte[length];
        Array.Fill(garbage, (byte)0xFF);
        Task write = call.RequestStream.WriteAsync(garbage);
        try
        {
            return await TestNode.Within(call.ResponseStream.MoveNext(CancellationToken.None))
                ? (DisconnectReason)Frame.Parser.ParseFrom(call.ResponseStream.Current).Goodbye.Reason
                : null;
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            return null;
        }
        finally
        {
            await write.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task<Hash32[]> NextBodiesAsync() =>
    [
        .. (await TestNode.Within(_node.Consensus!.Bodies.Reader.ReadAsync().AsTask())).Select(body => body.Id),
    ];

    private async Task<(RawPeer Main, RawPeer Transactions, PeerLink Link)> LinkAsync(int keyNumber)
    {
        SigningKey key = TestKeys.Of(keyNumber);
        RawPeer main = new(_node.Address);
        HandshakeOutcome outcome = await main.ShakeAsync(Chain, key);
        RawPeer transactions = new(_node.Address, ConnectionKind.Transactions);
        await transactions.ShakeAsync(Chain, key, outcome.LinkId);
        return (main, transactions, await _node.LinkWithAsync(new PeerId(key.PublicKey)));
    }
}

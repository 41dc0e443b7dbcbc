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

namespace EnergyChain.Node.Tests.Network;

/// <summary>
/// Every message of the peer protocol, valid and then changed in every small way. Named after what such messages did to
/// others; here a link ends with a named reason or the message is ignored, and nothing is thrown.
/// </summary>
public sealed class WireMutationTests
{
    private const int Seed = 20_241_106;
    private const int OverTheWire = 40;

    private static readonly string[] MainKinds =
    [
        "status", "prevote", "precommit", "proposal", "double vote", "announcement", "range request", "range reply",
        "body request", "body reply", "addresses", "goodbye", "accepted", "hello", "proof",
    ];

    private FakeChain _chain = null!;
    private TestNode _node = null!;

    [SetUp]
    public async Task Start()
    {
        _chain = new FakeChain();
        _chain.Fund(TestKeys.Alice.Address, 1_000);
        for (int i = 0; i < 3; i++)
        {
            _chain.Commit(_chain.MakeNext());
        }

        _node = await TestNode.StartAsync(_chain, member: 0, configure: options =>
        {
            options.MainFramesPerSecond = 1_000_000;
            options.TransactionFramesPerSecond = 1_000_000;
            options.SyncPenaltyMs = 0;
        });
    }

    [TearDown]
    public async Task Stop()
    {
        Assert.That(_node.Log.Lines, Has.None.Contains("could not be"), "a frame that our own code failed on");
        await _node.DisposeAsync();
    }

    [TestCaseSource(nameof(MainKinds))]
    [Property("Incident", "CometBFT ASA-2024-011, ASA-2025-001, -003")]
    public async Task Mutated_message_is_refused_by_name_or_ignored(string kind)
    {
        Random random = new(Seed);
        FrameRouter router = _node.Service<FrameRouter>();
        int ended = 0;
        int mutants = 0;
        foreach (Frame mutant in FrameMutator.Mutants(Valid(kind), random))
        {
            PeerLink link = Link();
            DisconnectReason reason = await router.RouteAsync(link, ConnectionKind.Main, mutant);
            Assert.That(reason, Is.Not.EqualTo(DisconnectReason.ConnectionLost), mutant.ToString());
            Assert.That(Enum.IsDefined(reason), Is.True);
            ended += reason == DisconnectReason.None ? 0 : 1;
            mutants++;
        }

        Assert.That(mutants, Is.GreaterThan(5));
        Assert.That(ended, kind == "status" ? Is.Positive : Is.Not.Negative);
    }

    [Test]
    public async Task Mutated_transactions_are_refused_by_name_or_ignored()
    {
        Random random = new(Seed);
        FrameRouter router = _node.Service<FrameRouter>();
        Transaction transfer = TestTransactions.Transfer(TestKeys.Alice, 0);
        Frame valid = new() { Transactions = new TransactionBatch { Transactions = { Frames.Pack(transfer) } } };
        foreach (Frame mutant in FrameMutator.Mutants(valid, random))
        {
            DisconnectReason reason = await router.RouteAsync(Link(), ConnectionKind.Transactions, mutant);
            Assert.That(
                reason,
                Is.AnyOf(DisconnectReason.None, DisconnectReason.BadFrame, DisconnectReason.UnexpectedFrame));
        }
    }

    [TestCaseSource(nameof(MainKinds))]
    public async Task Mutated_message_over_a_real_link_ends_it_with_a_reason_or_leaves_it(string kind)
    {
        Random random = new(Seed + 1);
        Frame[] mutants = [.. FrameMutator.Mutants(Valid(kind), random)];
        random.Shuffle(mutants);
        RawPeer? peer = null;
        foreach (Frame mutant in mutants.Take(OverTheWire))
        {
            if (peer is null)
            {
                peer = new RawPeer(_node.Address);
                HandshakeOutcome linked = await peer.ShakeAsync(_chain, TestKeys.Of(1));
                Assert.That(linked.Reason, Is.EqualTo(DisconnectReason.None));
            }

            DisconnectReason end = await EndAfterAsync(peer, mutant);
            if (end != DisconnectReason.None)
            {
                Assert.That(Enum.IsDefined(end), Is.True);
                peer.Dispose();
                peer = null;
            }
        }

        peer?.Dispose();
    }

    [Test]
    public async Task ASA_2025_001_peer_that_lowers_its_height_keeps_what_it_once_told()
    {
        PeerLink link = Link();
        FrameRouter router = _node.Service<FrameRouter>();
        foreach (ulong height in new ulong[] { 9, 3, 0, 8 })
        {
            Frame status = Valid("status");
            status.Status.Height = height;
            Assert.That(
                await router.RouteAsync(link, ConnectionKind.Main, status), Is.EqualTo(DisconnectReason.None));
        }

        Assert.That(link.Height, Is.EqualTo(new Height(9)));
    }

    [Test]
    public async Task ASA_2025_003_bitmap_that_does_not_fit_the_council_is_no_index_out_of_range()
    {
        FrameRouter router = _node.Service<FrameRouter>();
        for (int length = 0; length <= (Limits.MaxCouncilMembers / 8) + 1; length++)
        {
            PeerLink link = Link();
            Frame status = Valid("status");
            status.Status.LinkedMembers = ByteString.CopyFrom(new byte[length]);
            DisconnectReason reason = await router.RouteAsync(link, ConnectionKind.Main, status);
            Assert.That(
                reason,
                Is.EqualTo(length <= Limits.MaxCouncilMembers / 8 ? DisconnectReason.None : DisconnectReason.BadFrame));

            // The bitmap is read when something is passed on.
            Assert.That(
                await router.RouteAsync(link, ConnectionKind.Main, Valid("prevote")),
                Is.EqualTo(DisconnectReason.None));
        }
    }

    [TestCase(4)]
    [TestCase(127)]
    public async Task ASA_2024_011_vote_of_a_member_beyond_the_council_is_ignored(int validator)
    {
        Vote vote = SignedVote(VoteType.Precommit, _chain.Head.Height.Next, Hash32.Zero) with { Validator = validator };
        Frame frame = new() { Vote = Frames.Pack(vote) };
        DisconnectReason reason =
            await _node.Service<FrameRouter>().RouteAsync(Link(), ConnectionKind.Main, frame);

        Assert.That(reason, Is.EqualTo(DisconnectReason.None));
    }

    private static async Task<DisconnectReason> EndAfterAsync(RawPeer peer, Frame mutant)
    {
        // The answer to a request behind the mutant tells that the node has got past it.
        ulong number = (ulong)Random.Shared.NextInt64();
        try
        {
            await TestNode.Within(peer.Stream.WriteAsync(mutant));
            await TestNode.Within(peer.Stream.WriteAsync(
                new Frame { BodyRequest = new BodyRequest { RequestId = number } }));
            while (await TestNode.Within(peer.Stream.ReadAsync()) is { } frame)
            {
                if (frame.BodyReply is { } reply && reply.RequestId == number)
                {
                    return DisconnectReason.None;
                }

                if (frame.Goodbye is { } goodbye)
                {
                    return (DisconnectReason)goodbye.Reason;
                }
            }
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
        }

        return DisconnectReason.ConnectionLost;
    }

    private PeerLink Link()
    {
        HandshakeHello hello = new()
        {
            Kind = ConnectionKind.Main,
            NodeKey = TestKeys.Of(1).PublicKey,
            Nonce = Hash32.Zero,
            ChainId = _chain.Genesis.ChainId,
            GenesisHash = _chain.Genesis.Hash,
            Role = PeerRole.Consensus,
            Head = Height.Genesis,
            ListenAddress = "",
            ChannelBinding = Hash32.Zero,
        };
        return new PeerLink(hello, Hash32.Zero, "here", outgoing: false, _node.Options, TimeProvider.System);
    }

    private Vote SignedVote(VoteType type, Height height, Hash32? hash)
    {
        byte[] signed = Vote.SignedBytes(type, height, Round.Zero, hash);
        Signature signature = TestKeys.Of(1).Sign(SigningDomain.Vote, _chain.Genesis.ChainId, signed);
        return new Vote(type, height, Round.Zero, hash, 1, signature);
    }

    private Frame Valid(string kind)
    {
        Height next = _chain.Head.Height.Next;
        CommittedBlock block = _chain.MakeNext(TestTransactions.Transfer(TestKeys.Alice, 0));
        ByteString hash = Frames.Pack(block.Block.Hash);
        Proposal proposal = new(
            Round.Zero,
            null,
            block.Block.Header,
            block.Block.LastCertificate,
            [],
            [.. block.Block.Transactions.Select(transaction => transaction.Id)],
            default);
        return kind switch
        {
            "status" => _node.Service<Node.Network.Gossip.MeshView>().MakeStatus(),
            "prevote" => new Frame { Vote = Frames.Pack(SignedVote(VoteType.Prevote, next, block.Block.Hash)) },
            "precommit" => new Frame { Vote = Frames.Pack(SignedVote(VoteType.Precommit, next, null)) },
            "proposal" => new Frame { Proposal = Frames.Pack(proposal) },
            "double vote" => new Frame
            {
                Evidence = Frames.Pack(Evidence.Of(
                    SignedVote(VoteType.Prevote, next, null), SignedVote(VoteType.Prevote, next, block.Block.Hash))!),
            },
            "announcement" => new Frame
            {
                Announcement = new BlockAnnouncement { Height = next.Value, Hash = hash, Block = Frames.Pack(block) },
            },
            "range request" => new Frame { RangeRequest = new RangeRequest { FromHeight = 1, MaxBlocks = 2 } },
            "range reply" => new Frame
            {
                RangeReply = new RangeReply { RequestId = 1, Blocks = { Frames.Pack(block) } },
            },
            "body request" => new Frame { BodyRequest = new BodyRequest { RequestId = 1, Ids = { hash } } },
            "body reply" => new Frame
            {
                BodyReply = new BodyReply
                {
                    RequestId = 1,
                    Transactions = { Frames.Pack(block.Block.Transactions[0]) },
                },
            },
            "addresses" => new Frame { Addresses = new AddressList { Addresses = { "10.0.0.1:1", "node.example:2" } } },
            "goodbye" => new Frame { Goodbye = new Goodbye { Reason = 1, Sentence = "So long." } },
            "accepted" => new Frame { Accepted = new Accepted() },
            "hello" => new Frame { Hello = new Hello { Hello_ = hash, Signature = ByteString.CopyFrom(new byte[64]) } },
            _ => new Frame { Proof = new Proof { Signature = ByteString.CopyFrom(new byte[64]) } },
        };
    }
}

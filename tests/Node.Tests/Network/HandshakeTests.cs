using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Tests.Fakes;
using Google.Protobuf;

namespace EnergyChain.Node.Tests.Network;

public sealed class HandshakeTests
{
    private const int Stranger = 500;

    private static readonly FakeChain Chain = new();

    private TestNode _node = null!;

    [SetUp]
    public async Task Start() => _node = await TestNode.StartAsync(Chain, member: 0);

    [TearDown]
    public async Task Stop() => await _node.DisposeAsync();

    [TestCase("version", DisconnectReason.WrongVersion)]
    [TestCase("chain", DisconnectReason.WrongChainId)]
    [TestCase("genesis", DisconnectReason.WrongGenesis)]
    [TestCase("self", DisconnectReason.SelfConnect)]
    [TestCase("kind", DisconnectReason.UnexpectedFrame)]
    [TestCase("channel", DisconnectReason.WrongChannel)]
    [TestCase("address", DisconnectReason.BadFrame)]
    [TestCase("role", DisconnectReason.NotCouncilMember)]
    public async Task Hello_that_breaks_a_rule_is_refused_with_its_reason(string what, DisconnectReason expected)
    {
        using RawPeer peer = new(_node.Address);
        HandshakeHello right = peer.Hello(Chain, TestKeys.Of(Stranger));
        HandshakeHello wrong = what switch
        {
            "version" => right with { Version = HandshakeHello.CurrentVersion + 1 },
            "chain" => right with { ChainId = new ChainId(8) },
            "genesis" => right with { GenesisHash = Hash32.Zero },
            "self" => right with { NodeKey = _node.Id.Key },
            "kind" => right with { Kind = ConnectionKind.Transactions },
            "channel" => right with { ChannelBinding = right.Nonce },
            "address" => right with { ListenAddress = "nowhere" },
            _ => right with { Role = PeerRole.Consensus },
        };

        Assert.That(await peer.SayAsync(RawPeer.FrameOf(wrong)), Is.EqualTo(expected));
        Assert.That(_node.Links.All, Is.Empty);
    }

    // A node that has only its genesis cannot know who is of the council by now; nor what a role claims is worth.
    [TestCase(0UL, DisconnectReason.NotCouncilMember)]
    [TestCase(1UL, DisconnectReason.None)]
    public async Task Validator_that_is_ahead_is_judged_later(ulong head, DisconnectReason expected)
    {
        using RawPeer peer = new(_node.Address);
        HandshakeHello hello = peer.Hello(Chain, TestKeys.Of(Stranger)) with
        {
            Role = PeerRole.Consensus,
            Head = new Height(Chain.Head.Height.Value + head),
        };
        Assert.That(await peer.SayAsync(RawPeer.FrameOf(hello)), Is.EqualTo(expected));
    }

    [Test]
    public async Task Hello_that_is_no_hello_is_refused()
    {
        using RawPeer peer = new(_node.Address);
        Assert.That(
            await peer.SayAsync(RawPeer.FrameOf([2, 0, 0, 0, 9, 9, 9])), Is.EqualTo(DisconnectReason.BadFrame));
    }

    [Test]
    public async Task First_frame_that_is_no_hello_is_refused()
    {
        using RawPeer peer = new(_node.Address);
        Assert.That(
            await peer.SayAsync(new Frame { Status = new Status() }), Is.EqualTo(DisconnectReason.UnexpectedFrame));
    }

    [Test]
    public async Task Nonce_that_was_used_before_is_refused()
    {
        using RawPeer first = new(_node.Address);
        Frame hello = RawPeer.FrameOf(first.Hello(Chain, TestKeys.Of(Stranger)));
        Assert.That(await first.SayAsync(hello), Is.EqualTo(DisconnectReason.None));

        using RawPeer replay = new(_node.Address);
        Assert.That(await replay.SayAsync(hello), Is.EqualTo(DisconnectReason.ReplayedNonce));
    }

    [Test]
    public async Task Proof_of_another_handshake_is_refused()
    {
        SigningKey key = TestKeys.Of(Stranger);
        using RawPeer peer = new(_node.Address);
        byte[] hello = Bcs.Encode(peer.Hello(Chain, key));
        Assert.That(await peer.SayAsync(RawPeer.FrameOf(hello)), Is.EqualTo(DisconnectReason.None));
        byte[] other = HandshakeHello.SignedBytes(byListener: false, hello, hello);
        Signature signature = key.Sign(SigningDomain.Handshake, Chain.Genesis.ChainId, other);
        Frame proof = new() { Proof = new Proof { Signature = ByteString.CopyFrom(signature.ToArray()) } };

        Assert.That(await peer.SayAsync(proof), Is.EqualTo(DisconnectReason.BadSignature));
    }

    [Test]
    public async Task Second_link_of_the_same_peer_is_refused()
    {
        using RawPeer first = new(_node.Address);
        using RawPeer second = new(_node.Address);
        HandshakeOutcome linked = await first.ShakeAsync(Chain, TestKeys.Of(Stranger));
        HandshakeOutcome refused = await second.ShakeAsync(Chain, TestKeys.Of(Stranger));

        Assert.That(linked.Reason, Is.EqualTo(DisconnectReason.None));
        Assert.That((refused.Reason, refused.RefusedByPeer), Is.EqualTo((DisconnectReason.DuplicateLink, true)));
    }

    [Test]
    public async Task Transaction_connection_needs_the_main_connection_that_it_names()
    {
        using RawPeer main = new(_node.Address);
        HandshakeOutcome linked = await main.ShakeAsync(Chain, TestKeys.Of(Stranger));
        using RawPeer wrong = new(_node.Address, ConnectionKind.Transactions);
        using RawPeer right = new(_node.Address, ConnectionKind.Transactions);

        Assert.That(
            (await wrong.ShakeAsync(Chain, TestKeys.Of(Stranger), Hash32.Zero)).Reason,
            Is.EqualTo(DisconnectReason.NoSuchLink));
        Assert.That(
            (await right.ShakeAsync(Chain, TestKeys.Of(Stranger), linked.LinkId)).Reason,
            Is.EqualTo(DisconnectReason.None));
    }

    [Test]
    [Property("Incident", "Kava 2019")]
    public async Task Both_operators_read_why_a_node_of_another_genesis_is_refused()
    {
        await using TestNode other = await TestNode.StartAsync(new FakeChain(genesisTimeMs: 2_000), member: 1);
        DialResult result = await TestNode.Within(other.DialAsync(_node.Address));

        Assert.That((result.Reason, result.WasLinked), Is.EqualTo((DisconnectReason.WrongGenesis, false)));
        string sentence = DisconnectReason.WrongGenesis.Sentence();
        Assert.That(other.Log.Lines, Has.Some.StartsWith("Warning").And.Some.Contains(sentence));
        Assert.That(_node.Log.Lines, Has.Some.StartsWith("Warning").And.Some.Contains(sentence));
    }

    [Test]
    public async Task Dialer_insists_on_the_key_that_its_configuration_names()
    {
        await using TestNode other = await TestNode.StartAsync(Chain, member: 1);
        DialResult result = await TestNode.Within(
            other.DialAsync(_node.Address with { ExpectedKey = TestKeys.Of(2).PublicKey }));

        Assert.That(result.Reason, Is.EqualTo(DisconnectReason.WrongPeer));
        Assert.That(_node.Links.All, Is.Empty);
    }

    [Test]
    public async Task Handshake_that_does_not_go_on_is_ended()
    {
        await using TestNode hasty = await TestNode.StartAsync(
            Chain, member: 1, configure: options => options.HandshakeTimeoutMs = 1_000);
        using RawPeer silent = new(hasty.Address);
        await silent.Stream.WriteAsync(RawPeer.FrameOf(silent.Hello(Chain, TestKeys.Of(Stranger))));
        Assert.That((await TestNode.Within(silent.Stream.ReadAsync()))?.Hello, Is.Not.Null);

        Assert.That(await silent.ReasonAsync(), Is.EqualTo(DisconnectReason.HandshakeTimeout));
    }

    [Test]
    public async Task Links_over_the_limit_are_refused_and_validators_still_let_in()
    {
        await using TestNode small = await TestNode.StartAsync(
            Chain, member: 1, configure: options => options.MaxLinks = 1);
        using RawPeer first = new(small.Address);
        using RawPeer second = new(small.Address);
        using RawPeer validator = new(small.Address);

        Assert.That((await first.ShakeAsync(Chain, TestKeys.Of(501))).Reason, Is.EqualTo(DisconnectReason.None));
        HandshakeOutcome refused = await second.ShakeAsync(Chain, TestKeys.Of(502));
        Assert.That(refused.Reason, Is.EqualTo(DisconnectReason.TooManyPeers));
        Assert.That((await validator.ShakeAsync(Chain, TestKeys.Of(2))).Reason, Is.EqualTo(DisconnectReason.None));
    }

    [Test]
    public async Task Nodes_that_dial_each_other_at_once_end_with_one_link()
    {
        await using TestNode other = await TestNode.StartAsync(Chain, member: 1);
        Task<DialResult> there = _node.DialAsync(other.Address);
        Task<DialResult> back = other.DialAsync(_node.Address);
        Task<DialResult> loser = await TestNode.Within(Task.WhenAny(there, back));
        Assert.That(
            (await loser).Reason, Is.AnyOf(DisconnectReason.DuplicateLink, DisconnectReason.Superseded));
        PeerLink here = await _node.LinkWithAsync(other.Id);
        PeerLink far = await other.LinkWithAsync(_node.Id);

        Assert.That(far.LinkId, Is.EqualTo(here.LinkId));
        Assert.That((here.Reason, far.Reason), Is.EqualTo((DisconnectReason.None, DisconnectReason.None)));
    }
}

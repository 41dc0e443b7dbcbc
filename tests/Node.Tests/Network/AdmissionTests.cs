using EnergyChain.Core.Crypto;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Tests.Fakes;
using Google.Protobuf;

namespace EnergyChain.Node.Tests.Network;

/// <summary>Who may link, and who is shown out, over real links.</summary>
public sealed class AdmissionTests
{
    private const int Named = 701;
    private const int Stranger = 702;

    private FakeChain _chain = null!;
    private TestNode _node = null!;

    [SetUp]
    public async Task Start()
    {
        _chain = new FakeChain();
        _node = await TestNode.StartAsync(_chain, member: 0, configure: options =>
            options.AllowedPeers = new HashSet<PublicKey> { TestKeys.Of(Named).PublicKey });
    }

    [TearDown]
    public async Task Stop() => await _node.DisposeAsync();

    [TestCase(1, DisconnectReason.None)]
    [TestCase(Named, DisconnectReason.None)]
    [TestCase(Stranger, DisconnectReason.NotNamed)]
    public async Task Validator_takes_links_from_members_and_named_relays_only(int key, DisconnectReason expected)
    {
        using RawPeer peer = new(_node.Address);
        Assert.That((await peer.ShakeAsync(_chain, TestKeys.Of(key))).Reason, Is.EqualTo(expected));
    }

    [Test]
    public async Task Member_that_leaves_the_council_loses_its_link_and_one_that_enters_gains_the_right()
    {
        using RawPeer leaving = new(_node.Address);
        await leaving.ShakeAsync(_chain, TestKeys.Of(1));
        PeerLink link = await _node.LinkWithAsync(new PeerId(TestKeys.Of(1).PublicKey));
        _chain.ChangeCouncil(0, 2, 3, Stranger);

        Assert.That(await TestNode.EndOf(link), Is.EqualTo(DisconnectReason.NotNamed));
        using RawPeer entering = new(_node.Address);
        Assert.That(
            (await entering.ShakeAsync(_chain, TestKeys.Of(Stranger))).Reason, Is.EqualTo(DisconnectReason.None));
    }

    [Test]
    public async Task Named_node_that_has_left_the_council_keeps_its_link_without_a_members_rights()
    {
        _chain.ChangeCouncil(0, 2, 3, Named);
        using RawPeer peer = new(_node.Address);
        await peer.ShakeAsync(_chain, TestKeys.Of(Named));
        PeerLink link = await _node.LinkWithAsync(new PeerId(TestKeys.Of(Named).PublicKey));
        _chain.ChangeCouncil(0, 1, 2, 3);
        await peer.Stream.WriteAsync(new Frame { Vote = ByteString.CopyFrom(1) });

        Assert.That(await TestNode.EndOf(link), Is.EqualTo(DisconnectReason.NotAllowed));
        Assert.That(_node.Consensus!.Messages.Reader.TryRead(out _), Is.False);
    }

    [Test]
    public async Task Peer_whose_score_is_full_is_shown_out_and_stays_out()
    {
        PeerId peer = new(TestKeys.Of(Named).PublicKey);
        using RawPeer bad = new(_node.Address);
        await bad.ShakeAsync(_chain, TestKeys.Of(Named));
        PeerLink link = await _node.LinkWithAsync(peer);
        for (int i = 0; i < 5; i++)
        {
            _node.Network.Misbehaved(peer, PeerOffence.BadSignature);
        }

        Assert.That(await TestNode.EndOf(link), Is.EqualTo(DisconnectReason.Banned));
        using RawPeer again = new(_node.Address);
        HandshakeOutcome refused = await again.ShakeAsync(_chain, TestKeys.Of(Named));
        Assert.That((refused.Reason, refused.RefusedByPeer), Is.EqualTo((DisconnectReason.Banned, true)));
        Assert.That(_node.Log.Lines, Has.Some.Contains("is banned until"));
    }

    [Test]
    public async Task Member_whose_score_is_full_stays_linked_and_its_operator_is_named_in_the_log()
    {
        PeerId member = new(TestKeys.Of(1).PublicKey);
        using RawPeer bad = new(_node.Address);
        await bad.ShakeAsync(_chain, TestKeys.Of(1));
        PeerLink link = await _node.LinkWithAsync(member);
        for (int i = 0; i < 20; i++)
        {
            _node.Network.Misbehaved(member, PeerOffence.BadSignature);
        }

        Assert.That((link.Reason, link.IsSuspect), Is.EqualTo((DisconnectReason.None, true)));
        Assert.That(_node.Log.Lines, Has.Some.StartsWith("Warning Council member"));
        Assert.That(
            _node.Service<IPeerDirectory>().Peers.Single().Score, Is.GreaterThanOrEqualTo(100));
    }

    [Test]
    public async Task False_block_bans_at_once_and_the_ban_outlives_a_restart()
    {
        string folder = Directory.CreateTempSubdirectory("energychain-bans").FullName;
        TestNode first = await TestNode.StartAsync(_chain, keyNumber: 1, configure: KeepIn(folder));
        using RawPeer bad = new(first.Address);
        await bad.ShakeAsync(_chain, TestKeys.Of(Stranger));
        BlockAnnouncement announcement = new()
        {
            Height = 1,
            Hash = ByteString.CopyFrom(new byte[32]),
            Block = ByteString.CopyFrom(1, 2, 3),
        };
        await bad.Stream.WriteAsync(new Frame { Announcement = announcement });
        Assert.That(await bad.FarewellAsync(), Is.EqualTo(DisconnectReason.BadBlock));
        using RawPeer again = new(first.Address);
        HandshakeOutcome soon = await again.ShakeAsync(_chain, TestKeys.Of(Stranger));
        await first.DisposeAsync();

        await using TestNode second = await TestNode.StartAsync(_chain, keyNumber: 1, configure: KeepIn(folder));
        using RawPeer later = new(second.Address);
        HandshakeOutcome afterwards = await later.ShakeAsync(_chain, TestKeys.Of(Stranger));
        Assert.That(
            (soon.Reason, afterwards.Reason), Is.EqualTo((DisconnectReason.Banned, DisconnectReason.Banned)));
        Directory.Delete(folder, recursive: true);

        static Action<NetworkOptions> KeepIn(string folder) => options => options.StateFolder = folder;
    }
}

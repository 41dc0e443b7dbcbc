using System.Diagnostics.Metrics;
using System.Net;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Judgement;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Network;

public sealed class PeerScoreTests
{
    private static readonly IPAddress Somewhere = IPAddress.Parse("203.0.113.9");
    private static readonly PeerId Stranger = new(TestKeys.Of(900).PublicKey);

    private FakeTimeProvider _time = null!;
    private FakeChain _chain = null!;
    private string _folder = null!;
    private NetworkOptions _options = null!;

    [SetUp]
    public void MakeFolder()
    {
        _time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_000_000));
        _chain = new FakeChain();
        _folder = Directory.CreateTempSubdirectory("energychain-bans").FullName;
        _options = new NetworkOptions { StateFolder = _folder, BanMs = 60_000, MaxLinks = 8, TargetRelayLinks = 0 };
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Score_adds_up_fades_and_bans_at_the_limit()
    {
        PeerScores scores = Make();
        for (int i = 0; i < 4; i++)
        {
            Assert.That(scores.Report(Stranger, null, PeerOffence.BadSignature), Is.EqualTo(PeerVerdict.Tolerated));
        }

        Assert.That(scores.Of(Stranger), Is.EqualTo(80));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(scores.Of(Stranger), Is.EqualTo(80 - PeerOffences.DecayPerMinute));
        Assert.That(scores.Report(Stranger, null, PeerOffence.BadSignature), Is.EqualTo(PeerVerdict.Tolerated));
        Assert.That(scores.Report(Stranger, null, PeerOffence.BadSignature), Is.EqualTo(PeerVerdict.Banned));
        Assert.That(scores.IsBanned(Stranger), Is.True);
    }

    [Test]
    public void Ban_ends_and_the_next_one_lasts_twice_as_long()
    {
        PeerScores scores = Make();
        scores.Report(Stranger, null, PeerOffence.BadBlock);
        _time.Advance(TimeSpan.FromMilliseconds(_options.BanMs + 1));
        Assert.That(scores.IsBanned(Stranger), Is.False);

        scores.Report(Stranger, null, PeerOffence.BadBlock);
        _time.Advance(TimeSpan.FromMilliseconds(_options.BanMs + 1));
        Assert.That(scores.IsBanned(Stranger), Is.True);
        _time.Advance(TimeSpan.FromMilliseconds(_options.BanMs));
        Assert.That(scores.IsBanned(Stranger), Is.False);
    }

    [Test]
    public void Ban_survives_a_restart_and_a_damaged_file_counts_as_empty()
    {
        PeerScores scores = Make();
        scores.Report(Stranger, null, PeerOffence.BadBlock);
        scores.Refresh();
        Assert.That(Make().IsBanned(Stranger), Is.True);

        string path = Path.Combine(_folder, BanList.FileName);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^3] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.That(Make().IsBanned(Stranger), Is.False);
    }

    [Test]
    public void Council_member_is_suspected_and_never_banned_by_score()
    {
        PeerScores scores = Make();
        PeerId member = new(_chain.CouncilKey(2).PublicKey);
        Assert.That(scores.Report(member, Somewhere, PeerOffence.BadBlock), Is.EqualTo(PeerVerdict.Suspected));
        Assert.That(scores.IsBanned(member), Is.False);
        Assert.That(scores.IsBanned(Somewhere), Is.False);

        _chain.ChangeCouncil(0, 1, 3);
        Assert.That(scores.Report(member, null, PeerOffence.BadFrame), Is.EqualTo(PeerVerdict.Banned));
    }

    [Test]
    public void Host_that_changes_its_keys_is_banned_itself()
    {
        PeerScores scores = Make();
        for (int key = 0; key < 3; key++)
        {
            scores.Report(new PeerId(TestKeys.Of(910 + key).PublicKey), Somewhere, PeerOffence.BadBlock);
        }

        Assert.That(scores.IsBanned(Somewhere), Is.False);
        scores.Report(new PeerId(TestKeys.Of(920).PublicKey), Somewhere, PeerOffence.BadBlock);
        Assert.That(scores.IsBanned(Somewhere), Is.True);
        Assert.That(scores.IsBanned(IPAddress.Parse("203.0.113.10")), Is.False);
    }

    [Test]
    public void Handshakes_that_lie_ban_the_host_and_an_ipv6_host_is_its_whole_64()
    {
        PeerScores scores = Make();
        IPAddress one = IPAddress.Parse("2001:db8:1:2::1");
        for (int i = 0; i < 5; i++)
        {
            scores.Report(one, PeerOffence.BadHandshake);
        }

        Assert.That(scores.IsBanned(IPAddress.Parse("2001:db8:1:2:ffff::9")), Is.True);
        Assert.That(scores.IsBanned(IPAddress.Parse("2001:db8:1:3::1")), Is.False);
    }

    [Test]
    public void Loopback_is_exempt_unless_told_otherwise()
    {
        Assert.That(Flooded(Make()), Is.False);
        _options.ExemptLoopback = false;
        Assert.That(Flooded(Make()), Is.True);

        static bool Flooded(PeerScores scores)
        {
            for (int i = 0; i < 10; i++)
            {
                scores.Report(IPAddress.Loopback, PeerOffence.TransportFlood);
            }

            return scores.IsBanned(IPAddress.Loopback);
        }
    }

    [Test]
    public void Operators_orders_are_followed_once_and_kept()
    {
        PeerScores scores = Make();
        string key = Stranger.Key.ToString();
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        new BanOrders(_folder).Add(new BanOrder(now, key, now + 5_000));
        Assert.That(scores.Refresh(), Is.EqualTo(new[] { key }));
        Assert.That(scores.IsBanned(Stranger), Is.True);
        Assert.That(scores.Bans.Single().Reason, Is.EqualTo("operator"));

        new BanOrders(_folder).Add(new BanOrder(now, key, null));
        File.SetLastWriteTimeUtc(Path.Combine(_folder, BanOrders.FileName), DateTime.UnixEpoch.AddYears(40));
        Assert.That(scores.Refresh(), Is.Empty);
        Assert.That(scores.IsBanned(Stranger), Is.False);
        Assert.That(Make().IsBanned(Stranger), Is.False, "an order is not followed again after a restart");
    }

    [Test]
    public void Book_of_scores_is_bounded_and_drops_the_lowest()
    {
        ScoreBook<int> book = new(3, _time);
        foreach ((int key, int points) in new[] { (1, 30), (2, 10), (3, 20), (4, 5) })
        {
            book.Add(key, points);
        }

        Assert.That(new[] { 1, 2, 3, 4 }.Select(book.Of), Is.EqualTo(new[] { 30, 0, 20, 5 }));
    }

    [Test]
    public void Full_node_lets_the_worst_stranger_go_and_keeps_members_and_its_own_links()
    {
        PeerScores scores = Make();
        LinkAdmission admission = new(_chain, scores, _options);
        List<PeerLink> links = [.. Enumerable.Range(0, 8).Select(i => LinkOf(930 + i, $"10.{i}.0.1"))];
        PeerLink dialed = LinkOf(950, "10.50.0.1", outgoing: true);
        links.Add(dialed);
        links.Add(LinkOf(1, "10.51.0.1"));
        PeerLink newcomer = LinkOf(951, "10.52.0.1");
        Assert.That(admission.Decide(newcomer, links, out _), Is.EqualTo(DisconnectReason.TooManyPeers));

        scores.Report(dialed.Id, null, PeerOffence.BadFrame);
        Assert.That(admission.Decide(newcomer, links, out _), Is.EqualTo(DisconnectReason.TooManyPeers));
        scores.Report(links[5].Id, null, PeerOffence.BadFrame);
        Assert.That(admission.Decide(newcomer, links, out PeerLink? evicted), Is.EqualTo(DisconnectReason.None));
        Assert.That(evicted, Is.SameAs(links[5]));
        Assert.That(admission.Decide(LinkOf(2, "10.0.0.9"), links, out evicted), Is.EqualTo(DisconnectReason.None));
        Assert.That(evicted, Is.Null, "a member has a place of its own");
    }

    [Test]
    public void One_range_of_addresses_gets_a_quarter_of_the_places()
    {
        LinkAdmission admission = new(_chain, Make(), _options);
        List<PeerLink> links = [.. Enumerable.Range(0, 2).Select(i => LinkOf(930 + i, $"10.7.{i}.1"))];
        Assert.That(
            admission.Decide(LinkOf(960, "10.7.9.1"), links, out _), Is.EqualTo(DisconnectReason.TooManyPeers));
        Assert.That(admission.Decide(LinkOf(961, "10.8.9.1"), links, out _), Is.EqualTo(DisconnectReason.None));
    }

    private static PeerLink LinkOf(int keyNumber, string host, bool outgoing = false)
    {
        FakeChain chain = new();
        HandshakeHello hello = new()
        {
            Kind = ConnectionKind.Main,
            NodeKey = TestKeys.Of(keyNumber).PublicKey,
            Nonce = Hash32.Zero,
            ChainId = chain.Genesis.ChainId,
            GenesisHash = chain.Genesis.Hash,
            Role = PeerRole.Relay,
            Head = Height.Genesis,
            ListenAddress = "",
            ChannelBinding = Hash32.Zero,
        };
        return new PeerLink(hello, Hash32.Zero, host + ":1", outgoing, new NetworkOptions(), TimeProvider.System)
        {
            Host = IPAddress.Parse(host),
        };
    }

    private PeerScores Make()
    {
        IMeterFactory meters = new ServiceCollection().AddMetrics().BuildServiceProvider()
            .GetRequiredService<IMeterFactory>();
        return new PeerScores(
            _chain,
            new BanList(_options, _time, NullLogger<BanList>.Instance),
            _options,
            new NetworkMetrics(meters),
            new LogBudget(_time),
            _time,
            NullLogger<PeerScores>.Instance);
    }
}

using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Secure;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Network;

/// <summary>TLS under every link, and the node's identity bound to it.</summary>
public sealed class SecureLinkTests
{
    private const int Stranger = 500;

    private static readonly FakeChain Chain = new();

    private TestNode _node = null!;

    [SetUp]
    public async Task Start() => _node = await TestNode.StartAsync(Chain, member: 0);

    [TearDown]
    public async Task Stop() => await _node.DisposeAsync();

    [Test]
    public async Task Relayed_handshake_is_refused_because_each_end_sees_another_channel()
    {
        await using TestNode dialer = await TestNode.StartAsync(Chain, member: 1);
        using ManInTheMiddle between = new(_node.Address, rewrites: false);
        DialResult result = await TestNode.Within(dialer.DialAsync(between.Address));

        Assert.That((result.Reason, result.WasLinked), Is.EqualTo((DisconnectReason.WrongChannel, false)));
        Assert.That(_node.Links.All, Is.Empty);
        Assert.That(_node.Log.Lines, Has.Some.Contains(DisconnectReason.WrongChannel.Sentence()));
    }

    [Test]
    public async Task Relayed_handshake_with_its_bindings_exchanged_is_refused_because_the_signature_covers_them()
    {
        await using TestNode dialer = await TestNode.StartAsync(Chain, member: 1);
        using ManInTheMiddle between = new(_node.Address, rewrites: true);
        DialResult result = await TestNode.Within(dialer.DialAsync(between.Address));

        Assert.That(between.Rewritten, Is.EqualTo(2));
        Assert.That((result.Reason, result.WasLinked), Is.EqualTo((DisconnectReason.BadSignature, false)));
        Assert.That(_node.Links.All, Is.Empty);
    }

    [Test]
    public async Task Handshake_of_another_channel_is_refused_when_it_is_replayed()
    {
        SigningKey key = TestKeys.Of(Stranger);
        using RawPeer genuine = new(_node.Address);
        byte[] hello = Bcs.Encode(genuine.Hello(Chain, key));
        Assert.That(await genuine.SayAsync(RawPeer.FrameOf(hello)), Is.EqualTo(DisconnectReason.None));

        using PeerCertificate other = PeerCertificate.Create();
        using RawPeer replay = new(_node.Address, certificate: other);
        Assert.That(await replay.SayAsync(RawPeer.FrameOf(hello)), Is.EqualTo(DisconnectReason.WrongChannel));
    }

    [Test]
    public async Task Listeners_signature_that_is_reflected_proves_nothing()
    {
        using RawPeer peer = new(_node.Address);
        byte[] hello = Bcs.Encode(peer.Hello(Chain, TestKeys.Of(Stranger)));
        await peer.Stream.WriteAsync(RawPeer.FrameOf(hello));
        Frame? answer = await TestNode.Within(peer.Stream.ReadAsync());
        Frame proof = new() { Proof = new Proof { Signature = answer!.Hello.Signature } };

        Assert.That(await peer.SayAsync(proof), Is.EqualTo(DisconnectReason.BadSignature));
    }

    [Test]
    public async Task Transaction_connection_is_bound_to_its_own_channel_too()
    {
        using RawPeer main = new(_node.Address);
        HandshakeOutcome linked = await main.ShakeAsync(Chain, TestKeys.Of(Stranger));
        using PeerCertificate other = PeerCertificate.Create();
        using RawPeer transactions = new(_node.Address, ConnectionKind.Transactions, other);
        HandshakeHello hello = transactions.Hello(Chain, TestKeys.Of(Stranger)) with
        {
            LinkId = linked.LinkId,
            ChannelBinding = main.Stream.ChannelBinding,
        };

        Assert.That(
            await transactions.SayAsync(RawPeer.FrameOf(hello)), Is.EqualTo(DisconnectReason.WrongChannel));
    }

    [TestCase("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [TestCase("GET / HTTP/1.1\r\n\r\n")]
    public async Task Clear_text_at_the_peer_port_is_refused_and_logged(string firstBytes)
    {
        using TcpClient client = new();
        await client.ConnectAsync(_node.Address.Host, _node.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(firstBytes));

        Assert.That(await ReadsNothingMoreAsync(client.GetStream()), Is.True);
        Assert.That(_node.Log.Lines, Has.Some.StartsWith("Warning 127.0.0.1 speaks no TLS on the peer port")
            .And.Some.Contains(firstBytes[..5]));
    }

    [Test]
    public async Task Channel_with_tls_13_and_a_certificate_is_served()
    {
        using PeerCertificate certificate = PeerCertificate.Create();
        Assert.That(await IsServedAsync(PeerTls.ForDialing(certificate)), Is.True);
    }

    [TestCase(SslProtocols.Tls12, true)]
    [TestCase(SslProtocols.Tls13, false)]
    public async Task Channel_without_tls_13_or_a_certificate_is_refused(SslProtocols protocol, bool withCertificate)
    {
        using PeerCertificate certificate = PeerCertificate.Create();
        SslClientAuthenticationOptions options = PeerTls.ForDialing(certificate);
#pragma warning disable CA5398 // An older protocol on purpose: it has to be refused.
        options.EnabledSslProtocols = protocol;
#pragma warning restore CA5398
        options.ClientCertificateContext = withCertificate ? certificate.Context : null;

        Assert.That(await IsServedAsync(options), Is.False);
    }

    [Test]
    public async Task Certificate_of_another_kind_is_refused()
    {
        using RSA key = RSA.Create(2_048);
        using X509Certificate2 rsa = new CertificateRequest(
            "CN=energychain", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using PeerCertificate ours = PeerCertificate.Create();
        SslClientAuthenticationOptions options = PeerTls.ForDialing(ours);
        options.ClientCertificateContext = SslStreamCertificateContext.Create(rsa, null, offline: true);

        Assert.That(await IsServedAsync(options), Is.False);
    }

    [Test]
    public async Task Dialer_that_finds_no_tls_says_so()
    {
        using TcpListener clear = new(System.Net.IPAddress.Loopback, 0);
        clear.Start();
        Task<TcpClient> accepted = clear.AcceptTcpClientAsync();
        Task<DialResult> dial = _node.DialAsync(
            new PeerAddress("127.0.0.1", ((System.Net.IPEndPoint)clear.LocalEndpoint).Port));
        using TcpClient server = await accepted;
        await server.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"));

        Assert.That((await TestNode.Within(dial)).Reason, Is.EqualTo(DisconnectReason.TlsFailed));
        Assert.That(_node.Log.Lines, Has.Some.Contains(DisconnectReason.TlsFailed.Sentence()));
    }

    [Test]
    public void Certificates_are_new_at_every_start_and_the_binding_tells_them_and_the_sides_apart()
    {
        using PeerCertificate one = PeerCertificate.Create();
        using PeerCertificate two = PeerCertificate.Create();

        Assert.That(PeerCertificate.IsAcceptable(one.Certificate), Is.True);
        Assert.That(one.PublicKey, Is.Not.EqualTo(two.PublicKey));
        Assert.That(
            ChannelBinding.Of(one.PublicKey, two.PublicKey),
            Is.Not.EqualTo(ChannelBinding.Of(two.PublicKey, one.PublicKey)));
    }

    // TLS 1.3 tells a client only after its own end is up that the server has refused it.
    private async Task<bool> IsServedAsync(SslClientAuthenticationOptions options)
    {
        using TcpClient client = new();
        await client.ConnectAsync(_node.Address.Host, _node.Address.Port);
        using SslStream tls = new(client.GetStream());
        try
        {
            await TestNode.Within(tls.AuthenticateAsClientAsync(options));
            await tls.WriteAsync(Http2Client.Greeting);
            return !await ReadsNothingMoreAsync(tls);
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            return false;
        }
    }

    // A node's first bytes are the settings of HTTP/2.
    private static async Task<bool> ReadsNothingMoreAsync(Stream stream)
    {
        try
        {
            return await TestNode.Within(stream.ReadAsync(new byte[16]).AsTask()) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}

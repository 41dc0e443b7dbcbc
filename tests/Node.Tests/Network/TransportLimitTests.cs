using System.Net;
using System.Net.Sockets;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Secure;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Network;

/// <summary>What strangers can do to the peer port below the handshake; after each the node still links.</summary>
public sealed class TransportLimitTests
{
    private const int Connections = 1_000;
    private const int Frames = 100_000;
    private const string Ended = "A connection of 127.0.0.1 is ended: ";

    private static readonly FakeChain Chain = new();

    private TestNode _node = null!;

    [SetUp]
    public async Task Start() => _node = await TestNode.StartAsync(Chain, member: 0, configure: options =>
    {
        options.TlsTimeoutMs = 2_000;
        options.HandshakeTimeoutMs = 2_000;
    });

    [TearDown]
    public async Task Stop()
    {
        await AssertLinksAsync(_node);
        await _node.DisposeAsync();
    }

    [Test]
    [Property("Incident", "CVE-2023-44487")]
    public async Task Rapid_reset_CVE_2023_44487_ends_the_connection()
    {
        using Http2Client client = await Http2Client.ConnectAsync(_node.Address);
        await client.UntilEndedAsync(Frames, async turn =>
        {
            uint stream = (2 * turn) + 1;
            await client.FrameAsync(Http2Client.Headers, Http2Client.EndHeaders, stream, Http2Client.ConnectHeaders());
            await client.FrameAsync(Http2Client.ResetStream, 0, stream, [0, 0, 0, 8]);
        });

        // Whichever comes first: the second stream that is served, or the bytes of those that never are. How many
        // were sent by then is the kernel's matter, whose buffers take more than is read.
        await AssertEndedForAsync(GateRefusal.TooManyStreams, GateRefusal.TooManyBytes);
    }

    [Test]
    public async Task Second_stream_on_a_connection_ends_it()
    {
        using Http2Client client = await Http2Client.ConnectAsync(_node.Address);
        await client.FrameAsync(Http2Client.Headers, Http2Client.EndHeaders, 1, Http2Client.ConnectHeaders());
        await client.FrameAsync(Http2Client.Headers, Http2Client.EndHeaders, 3, Http2Client.ConnectHeaders());

        await TestNode.Within(client.EndedAsync());
        await AssertEndedForAsync(GateRefusal.TooManyStreams);
    }

    [TestCase("continuation")]
    [TestCase("empty continuation")]
    [TestCase("settings")]
    [TestCase("ping")]
    public async Task Flood_before_the_handshake_ends_after_the_bytes_that_a_handshake_may_have(string what)
    {
        using Http2Client client = await Http2Client.ConnectAsync(_node.Address);
        byte[] bomb = [.. Enumerable.Range(0, 8).SelectMany(i => Http2Client.Header("x-" + i, new string('a', 100)))];
        if (what.EndsWith("continuation", StringComparison.Ordinal))
        {
            await client.FrameAsync(Http2Client.Headers, 0, 1, Http2Client.ConnectHeaders());
        }

        await client.UntilEndedAsync(Frames, _ => what switch
        {
            "continuation" => client.FrameAsync(Http2Client.Continuation, 0, 1, bomb),
            "empty continuation" => client.FrameAsync(Http2Client.Continuation, 0, 1, []),
            "settings" => client.FrameAsync(Http2Client.Settings, 0, 0, [0, 4, 0, 1, 0, 0]),
            _ => client.FrameAsync(Http2Client.Ping, 0, 0, new byte[8]),
        });

        // How much the client could write by then says nothing: much of it fits into the kernel's buffers.
        await AssertEndedForAsync(GateRefusal.TooManyBytes);
    }

    [Test]
    public async Task Http_frame_over_the_limit_ends_the_connection()
    {
        using Http2Client client = await Http2Client.ConnectAsync(_node.Address);
        await client.FrameAsync(Http2Client.Headers, Http2Client.EndHeaders, 1, Http2Client.ConnectHeaders());
        int times = await client.UntilEndedAsync(
            Frames, _ => client.FrameAsync(Http2Client.Data, 0, 1, new byte[17 * 1024]));

        Assert.That(times, Is.LessThan(Frames));
    }

    [TestCase("nothing")]
    [TestCase("half a client hello")]
    [TestCase("no http")]
    [TestCase("no stream")]
    [TestCase("no handshake")]
    public async Task Slow_loris_at_any_layer_is_cut_off(string reached)
    {
        await using TestNode hasty = await TestNode.StartAsync(Chain, member: 1, configure: options =>
        {
            options.TlsTimeoutMs = 300;
            options.HandshakeTimeoutMs = 300;
        });
        Task ended;
        if (reached is "nothing" or "half a client hello")
        {
            using TcpClient client = new();
            await client.ConnectAsync(hasty.Address.Host, hasty.Address.Port);
            byte[] begun = reached == "nothing" ? [] : [0x16, 3, 1, 2, 0, 1];
            await client.GetStream().WriteAsync(begun);
            ended = EndOf(client.GetStream());
            await TestNode.Within(ended);
            return;
        }

        using RawTls tls = await RawTls.ConnectAsync(hasty.Address);
        if (reached != "no http")
        {
            Http2Client http = new(tls);
            await tls.Stream.WriteAsync(Http2Client.Greeting);
            if (reached == "no handshake")
            {
                await http.FrameAsync(Http2Client.Headers, Http2Client.EndHeaders, 1, Http2Client.ConnectHeaders());
            }
        }

        await TestNode.Within(EndOf(tls.Stream));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Thousand_connections_do_not_keep_an_honest_peer_out(bool beginTls)
    {
        List<TcpClient> idle = [];
        try
        {
            for (int i = 0; i < Connections; i++)
            {
                TcpClient client = new();
                idle.Add(client);
                await client.ConnectAsync(_node.Address.Host, _node.Address.Port);
                if (beginTls)
                {
                    await client.GetStream().WriteAsync(new byte[] { 0x16 });
                }
            }

            await AssertLinksAsync(_node);
            Assert.That(_node.Service<StrangerTable>().Strangers, Is.LessThanOrEqualTo(256));
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    [Test]
    public async Task Host_with_as_many_connections_as_it_may_have_is_refused_before_tls_and_others_are_not()
    {
        await using TestNode strict = await TestNode.StartAsync(Chain, member: 1, configure: options =>
        {
            options.ExemptLoopback = false;
            options.MaxConnectionsPerHost = 4;
        });
        TcpClient[] held = [.. Enumerable.Range(0, 5).Select(_ => new TcpClient())];

        // Which of the five the node counts last is up to its threads.
        Task[] ends = [.. held.Select(client => ConnectUntilEndAsync(client, strict.Address))];
        await TestNode.Within(Task.WhenAny(ends));
        Assert.That(strict.Log.Lines, Has.Some.Contains(Ended + GateRefusal.TooManyOfHost));

        using TcpClient elsewhere = new(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await elsewhere.ConnectAsync(strict.Address.Host, strict.Address.Port);
        using System.Net.Security.SslStream tls = new(elsewhere.GetStream());
        using PeerCertificate certificate = PeerCertificate.Create();
        await TestNode.Within(tls.AuthenticateAsClientAsync(PeerTls.ForDialing(certificate)));
        await tls.WriteAsync(Http2Client.Greeting);
        Assert.That(await TestNode.Within(tls.ReadAsync(new byte[1]).AsTask()), Is.EqualTo(1));
        foreach (TcpClient client in held)
        {
            client.Dispose();
        }
    }

    [Test]
    public async Task Strangers_of_one_host_push_out_each_other_and_not_those_of_another()
    {
        NetworkOptions options = new() { ExemptLoopback = false, MaxPendingPerHost = 2, MaxPendingHandshakes = 3 };
        StrangerTable table = new(options);
        PeerConnection other = ConnectionOf("198.51.100.7");
        PeerConnection[] flood = [.. Enumerable.Range(0, 5).Select(_ => ConnectionOf("203.0.113.9"))];
        Assert.That(table.TryAdd(other, out _), Is.True);
        List<PeerConnection?> evicted = [];
        foreach (PeerConnection connection in flood)
        {
            Assert.That(table.TryAdd(connection, out PeerConnection? gone), Is.True);
            evicted.Add(gone);
        }

        Assert.That(evicted, Is.EqualTo(new[] { null, null, flood[0], flood[1], flood[2] }));
        Assert.That(table.TryAdmit(other), Is.True);
        Assert.That(table.Strangers, Is.EqualTo(2));
        await Task.CompletedTask;
    }

    [Test]
    public void Kestrel_has_no_limit_left_open()
    {
        Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel = new();
        KestrelPeerLimits.Apply(kestrel);
        Assert.That(kestrel.Limits.MaxConcurrentConnections, Is.LessThanOrEqualTo(4_096));
        Assert.That(kestrel.Limits.MaxRequestHeadersTotalSize, Is.EqualTo(16 * 1024));
        Assert.That(kestrel.Limits.Http2.MaxStreamsPerConnection, Is.EqualTo(100));
        Assert.That(kestrel.Limits.Http2.MaxFrameSize, Is.EqualTo(16 * 1024));
        Assert.That(kestrel.Limits.Http2.KeepAlivePingDelay, Is.LessThan(TimeSpan.MaxValue));
    }

    private static PeerConnection ConnectionOf(string address) =>
        new(new Microsoft.AspNetCore.Connections.DefaultConnectionContext(), IPAddress.Parse(address));

    private static async Task AssertLinksAsync(TestNode node)
    {
        using RawPeer honest = new(node.Address);
        HandshakeOutcome outcome = await honest.ShakeAsync(Chain, TestKeys.Of(600));
        Assert.That(outcome.Reason, Is.EqualTo(DisconnectReason.None));
    }

    private static async Task ConnectUntilEndAsync(TcpClient client, PeerAddress address)
    {
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            await EndOf(client.GetStream());
        }
        catch (SocketException)
        {
            // Reset at once.
        }
    }

    private static async Task EndOf(Stream stream)
    {
        byte[] buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
                // The node's settings.
            }
        }
        catch (IOException)
        {
        }
    }

    // The connection's end and the line about it race.
    private Task AssertEndedForAsync(params GateRefusal[] refusals) => TestNode.Within(Task.Run(() =>
        SpinWait.SpinUntil(() => refusals.Any(refusal =>
            _node.Log.Lines.Any(line => line.Contains(Ended + refusal, StringComparison.Ordinal))))));
}

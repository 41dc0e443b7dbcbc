using System.Buffers.Binary;
using System.Text;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Links;

namespace EnergyChain.Node.Tests.Network;

/// <summary>Writes raw HTTP/2 frames (RFC 9113) over TLS, whatever their order.</summary>
internal sealed class Http2Client(RawTls tls) : IDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte ResetStream = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte Continuation = 9;

    public const byte EndHeaders = 4;

    private static readonly byte[] Preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    /// <summary>The preface and empty settings: a node answers with its own settings.</summary>
    public static byte[] Greeting => [.. Preface, 0, 0, 0, Settings, 0, 0, 0, 0, 0];

    /// <summary>Connects and says the preface and empty settings.</summary>
    public static async Task<Http2Client> ConnectAsync(PeerAddress address)
    {
        Http2Client client = new(await RawTls.ConnectAsync(address));
        await client.WriteAsync(Greeting);
        return client;
    }

    /// <summary>The headers that open a stream to the peers' main service.</summary>
    public static byte[] ConnectHeaders() =>
    [
        .. Header(":method", "POST"),
        .. Header(":scheme", "https"),
        .. Header(":path", "/energychain.peer.v1.PeerMain/Connect"),
        .. Header(":authority", "127.0.0.1"),
        .. Header("content-type", "application/grpc"),
        .. Header("te", "trailers"),
    ];

    /// <summary>A header as a literal without indexing and without Huffman coding (RFC 7541, 6.2.2).</summary>
    public static byte[] Header(string name, string value)
    {
        Assert.That(Math.Max(name.Length, value.Length), Is.LessThan(127));
        return
        [
            0,
            (byte)name.Length, .. Encoding.ASCII.GetBytes(name),
            (byte)value.Length, .. Encoding.ASCII.GetBytes(value),
        ];
    }

    public Task FrameAsync(byte type, byte flags, uint stream, byte[] payload)
    {
        byte[] bytes = new byte[9 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ((uint)payload.Length << 8) | type);
        bytes[4] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), stream);
        payload.CopyTo(bytes, 9);
        return WriteAsync(bytes);
    }

    /// <summary>Does the same again and again until the other side has ended the connection.</summary>
    /// <returns>How often it was done; fails where that is more than <paramref name="atMost"/> times.</returns>
    public async Task<int> UntilEndedAsync(int atMost, Func<uint, Task> act)
    {
        Task ended = EndedAsync();
        int times = 0;
        try
        {
            while (!ended.IsCompleted && times < atMost)
            {
                await act((uint)times);
                times++;
            }
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
        }

        await TestNode.Within(ended);
        return times;
    }

    /// <summary>Completes when the other side has ended the connection.</summary>
    public async Task EndedAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (await tls.Stream.ReadAsync(buffer) > 0)
            {
                // What the node says on the way is of no interest.
            }
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
        }
    }

    public void Dispose() => tls.Dispose();

    private async Task WriteAsync(byte[] bytes)
    {
        await TestNode.Within(tls.Stream.WriteAsync(bytes).AsTask());
        await tls.Stream.FlushAsync();
    }
}

using System.Net;
using System.Net.Sockets;
using EnergyChain.Processes.Links;

namespace EnergyChain.Processes.Tests;

/// <summary>The wires of our own: what is sent arrives in order, or not at all while they are cut.</summary>
[TestFixture]
internal sealed class LinkTests
{
    private const int Bytes = 300_000;

    private readonly LinkDirection _there = new(TimeProvider.System);
    private readonly LinkDirection _back = new(TimeProvider.System);

    [Test]
    public async Task Bytes_keep_their_order_whatever_the_wire_becomes_meanwhile()
    {
        await using Wire wire = await Wire.OpenAsync(_there, _back);
        byte[] sent = new byte[Bytes];
        new Random(1).NextBytes(sent);
        _there.Set(new LinkQuality(TimeSpan.FromMilliseconds(40)));
        await wire.Near.SendAsync(sent.AsMemory(0, Bytes / 3));
        _there.Set(new LinkQuality(TimeSpan.Zero, BytesPerSecond: 2_000_000));
        await wire.Near.SendAsync(sent.AsMemory(Bytes / 3, Bytes / 3));
        _there.Set(new LinkQuality(TimeSpan.FromMilliseconds(5), IsCut: true));
        await wire.Near.SendAsync(sent.AsMemory(2 * (Bytes / 3)));
        wire.Near.Shutdown(SocketShutdown.Send);
        _there.Set(default);
        Assert.That(await Wire.ReadAllAsync(wire.Far), Is.EqualTo(sent));
    }

    [Test]
    public async Task One_way_cut_holds_back_one_way_only()
    {
        await using Wire wire = await Wire.OpenAsync(_there, _back);
        _there.Set(new LinkQuality { IsCut = true });
        await wire.Near.SendAsync(new byte[] { 1 });
        await wire.Far.SendAsync(new byte[] { 2 });
        byte[] buffer = new byte[1];
        Assert.That(await wire.Near.ReceiveAsync(buffer), Is.EqualTo(1));
        Assert.That(buffer[0], Is.EqualTo(2));
        Assert.That(wire.Far.Available, Is.Zero);
        _there.Set(default);
        Assert.That(await wire.Far.ReceiveAsync(buffer), Is.EqualTo(1));
        Assert.That(buffer[0], Is.EqualTo(1));
    }

    [Test]
    public void Bytes_are_under_way_for_the_latency_and_as_long_as_they_take_to_go_in()
    {
        TimeProvider time = TimeProvider.System;
        LinkDirection direction = new(time);
        direction.Set(new LinkQuality(TimeSpan.FromSeconds(2), BytesPerSecond: 1_000));
        long sent = time.GetTimestamp() + time.TimestampFrequency;
        long before = sent;
        long arrival = direction.Arrival(3_000, ref sent);
        Assert.That(sent - before, Is.EqualTo(3 * time.TimestampFrequency));
        Assert.That(arrival - sent, Is.EqualTo(2 * time.TimestampFrequency));
    }

    private sealed class Wire(TcpListener listener, LinkProxy proxy, Socket near, Socket far) : IAsyncDisposable
    {
        public Socket Near => near;

        public Socket Far => far;

        public static async Task<Wire> OpenAsync(LinkDirection there, LinkDirection back)
        {
            TcpListener listener = new(IPAddress.Loopback, 0);
            listener.Start();
            LinkProxy proxy = new((IPEndPoint)listener.LocalEndpoint, there, back, TimeProvider.System);
            Socket near = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await near.ConnectAsync(IPEndPoint.Parse(proxy.Address));
            return new Wire(listener, proxy, near, await listener.AcceptSocketAsync());
        }

        public static async Task<byte[]> ReadAllAsync(Socket socket)
        {
            using MemoryStream all = new();
            await using NetworkStream stream = new(socket);
            await stream.CopyToAsync(all);
            return all.ToArray();
        }

        public async ValueTask DisposeAsync()
        {
            near.Dispose();
            far.Dispose();
            await proxy.DisposeAsync();
            listener.Dispose();
        }
    }
}

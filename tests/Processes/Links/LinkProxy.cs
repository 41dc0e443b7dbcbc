using System.Net;
using System.Net.Sockets;

namespace EnergyChain.Processes.Links;

/// <summary>
/// The wire by which one node dials another on loopback: a listener whose connections are carried on to the other
/// node's port, each direction with its own quality.
/// </summary>
internal sealed class LinkProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _target;
    private readonly LinkDirection _there;
    private readonly LinkDirection _back;
    private readonly TimeProvider _time;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;

    public LinkProxy(IPEndPoint target, LinkDirection there, LinkDirection back, TimeProvider time)
    {
        _target = target;
        _there = there;
        _back = back;
        _time = time;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = _listener.LocalEndPoint!.ToString()!;
        _accepting = AcceptAsync();
    }

    /// <summary>host:port to dial.</summary>
    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket near = await _listener.AcceptAsync(_stop.Token);
                _connections.RemoveAll(connection => connection.IsCompleted);
                _connections.Add(CarryAsync(near));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy is disposed of.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using Socket far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        near.NoDelay = true;
        far.NoDelay = true;
        try
        {
            // The three-way handshake of a real wire: there, back, and there again with the first bytes.
            await CrossAsync(_there);
            await far.ConnectAsync(_target, _stop.Token);
            await CrossAsync(_back);
            await CarryAsync(near, far);
            near.Dispose();
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Reset(near);
            Reset(far);
        }
    }

    private async Task CarryAsync(Socket near, Socket far)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        List<Task> pumps =
        [
            new LinkPump(near, far, _there).RunAsync(end.Token),
            new LinkPump(far, near, _back).RunAsync(end.Token),
        ];
        try
        {
            await (await Task.WhenAny(pumps));
            await Task.WhenAll(pumps);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(pumps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task CrossAsync(LinkDirection direction)
    {
        long sent = _time.GetTimestamp();
        return direction.ArriveAsync(direction.Arrival(0, ref sent), _stop.Token);
    }
}

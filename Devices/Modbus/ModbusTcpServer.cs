using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EnergyChain.Devices.Modbus;

/// <summary>
/// A Modbus TCP server over a register bank. Connections, request size and idle time are bounded; a frame that is not
/// Modbus closes its connection. Thread-safe.
/// </summary>
public sealed class ModbusTcpServer : IAsyncDisposable
{
    private readonly ModbusTcpServerOptions _options;
    private readonly IRegisterBank _bank;
    private readonly IReplyPolicy? _policy;
    private readonly TimeProvider _timeProvider;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, Task> _connections = new();
    private readonly Task _accepting;
    private int _connectionCount;

    private ModbusTcpServer(
        ModbusTcpServerOptions options, IRegisterBank bank, TimeProvider timeProvider, IReplyPolicy? policy)
    {
        _options = options;
        _bank = bank;
        _policy = policy;
        _timeProvider = timeProvider;
        _listener = new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(new IPEndPoint(options.Address, options.Port));
            _listener.Listen(options.MaximumConnections);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>The address and port it listens on.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Connections that are open now.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    /// <summary>Binds and starts to serve.</summary>
    /// <exception cref="SocketException">The address cannot be bound, for example because the port is in
    /// use.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ModbusTcpServer Start(
        ModbusTcpServerOptions options, IRegisterBank bank, TimeProvider timeProvider, IReplyPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new ModbusTcpServer(options, bank, timeProvider, policy);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket? connection;
            try
            {
                connection = await AcceptOneAsync();
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }

            if (connection is null)
            {
                continue;
            }

            bool full = Volatile.Read(ref _connectionCount) >= _options.MaximumConnections;
            if (full || _policy is { AcceptsConnections: false })
            {
                Reset(connection);
                continue;
            }

            Interlocked.Increment(ref _connectionCount);
            TaskCompletionSource registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _connections[connection] = ServeAsync(connection, registered.Task);
            registered.SetResult();
        }
    }

    /// <summary>The next connection; null after a failure, which is no reason to stop serving the others.</summary>
    private async ValueTask<Socket?> AcceptOneAsync()
    {
        try
        {
            return await _listener.AcceptAsync(_stop.Token);
        }
        catch (SocketException)
        {
            // A lasting failure, such as no free file handle, must not keep a core busy.
            await Task.Delay(TimeSpan.FromMilliseconds(50), _timeProvider, _stop.Token);
            return null;
        }
    }

    private async Task ServeAsync(Socket connection, Task registered)
    {
        await registered;
        try
        {
            connection.NoDelay = true;
            byte[] request = new byte[ModbusLimits.MaximumFrameBytes];
            byte[] response = new byte[ModbusLimits.MaximumFrameBytes];
            while (await ServeOneAsync(connection, request, response))
            {
                continue;
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The peer went away, was idle for too long, or the server stops: all end this connection only.
        }
        finally
        {
            connection.Dispose();
            _connections.TryRemove(connection, out _);
            Interlocked.Decrement(ref _connectionCount);
        }
    }

    private async ValueTask<bool> ServeOneAsync(Socket connection, byte[] request, byte[] response)
    {
        using CancellationTokenSource idle = new(_options.IdleTimeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, _stop.Token);
        if (!await ReceiveAsync(connection, request.AsMemory(0, ModbusLimits.HeaderBytes), either.Token)
            || ModbusFrame.DecodeHeader(request, out ModbusHeader header) != ModbusFrameStatus.Complete
            || !await ReceiveAsync(
                connection, request.AsMemory(ModbusLimits.HeaderBytes, header.PduBytes), either.Token))
        {
            return false;
        }

        ModbusExceptionCode code = ModbusExceptionCode.None;
        ReplyKind kind = _policy?.Decide(header.Unit, out code) ?? ReplyKind.Normal;
        if (kind == ReplyKind.Disconnect)
        {
            Reset(connection);
            return false;
        }

        ReadOnlySpan<byte> pdu = request.AsSpan(ModbusLimits.HeaderBytes, header.PduBytes);
        int bytes = Misbehaviour.Answer(kind, code, _bank, header, pdu, response);
        for (int sent = 0; sent < bytes;)
        {
            sent += await connection.SendAsync(response.AsMemory(sent, bytes - sent), either.Token);
        }

        return true;
    }

    private static async ValueTask<bool> ReceiveAsync(
        Socket connection, Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (!destination.IsEmpty)
        {
            int received = await connection.ReceiveAsync(destination, cancellationToken);
            if (received == 0)
            {
                return false;
            }

            destination = destination[received..];
        }

        return true;
    }

    private static void Reset(Socket connection)
    {
        connection.LingerState = new LingerOption(enable: true, seconds: 0);
        connection.Dispose();
    }
}

using System.Net.Sockets;

namespace EnergyChain.Devices.Modbus;

/// <summary>
/// A Modbus TCP master for one device or gateway. It connects when first asked and again after a failure, with a
/// capped doubling wait during which requests fail at once. After a timeout, a malformed answer or an answer to another
/// request the connection is dropped: what is still under way on it can then never be taken for the next answer.
/// Safe for concurrent callers: a semaphore lets one request at a time onto the connection.
/// </summary>
public sealed class ModbusTcpClient : IModbusClient
{
    private readonly ModbusTcpClientOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly MessagePacer _pacer;
    private readonly BackOff _backOff;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly byte[] _buffer = new byte[ModbusLimits.MaximumFrameBytes];
    private Socket? _socket;
    private ModbusResult _lastFailure;
    private ushort _transactionId;
    private bool _disposed;

    /// <summary>Makes a client; nothing is sent before the first request.</summary>
    /// <param name="options">Settings; checked here.</param>
    /// <param name="timeProvider">Clock of time-outs, gaps and back-off.</param>
    /// <param name="pacer">A pacer shared with other clients of the same gateway, or null for an own one.</param>
    public ModbusTcpClient(ModbusTcpClientOptions options, TimeProvider timeProvider, MessagePacer? pacer = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _timeProvider = timeProvider;
        _pacer = pacer ?? new MessagePacer(options.MinimumGap, timeProvider);
        _backOff = new BackOff(options.BackOffInitial, options.BackOffMaximum, timeProvider);
    }

    /// <summary>The wait that runs after the last failure; zero while all is well.</summary>
    public TimeSpan CurrentBackOff => _backOff.Current;

    public ValueTask<ModbusResult> ReadHoldingRegistersAsync(
        byte unit, ushort address, ushort count, Memory<ushort> destination, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, count, nameof(destination));
        return ExecuteAsync(
            new(ModbusFunction.ReadHoldingRegisters, unit, address, count, destination, default), cancellationToken);
    }

    public ValueTask<ModbusResult> ReadInputRegistersAsync(
        byte unit, ushort address, ushort count, Memory<ushort> destination, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, count, nameof(destination));
        return ExecuteAsync(
            new(ModbusFunction.ReadInputRegisters, unit, address, count, destination, default), cancellationToken);
    }

    public ValueTask<ModbusResult> WriteSingleRegisterAsync(
        byte unit, ushort address, ushort value, CancellationToken cancellationToken) =>
        ExecuteAsync(
            new(ModbusFunction.WriteSingleRegister, unit, address, 1, default, new[] { value }), cancellationToken);

    public ValueTask<ModbusResult> WriteMultipleRegistersAsync(
        byte unit, ushort address, ReadOnlyMemory<ushort> values, CancellationToken cancellationToken)
    {
        // A count that does not fit is clamped to one that the range check refuses.
        ushort count = (ushort)Math.Min(values.Length, ushort.MaxValue);
        return ExecuteAsync(
            new(ModbusFunction.WriteMultipleRegisters, unit, address, count, default, values), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _disposed = true;
            Drop();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<ModbusResult> ExecuteAsync(ModbusCommand command, CancellationToken cancellationToken)
    {
        if (command.Check() != ModbusPduStatus.Ok)
        {
            return new ModbusResult(ModbusStatus.InvalidRequest);
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_backOff.IsActive)
            {
                return _lastFailure with { IsBackingOff = true };
            }

            ModbusResult result = await AttemptAsync(command, cancellationToken);
            for (int retry = 0; retry < _options.Retries && IsLinkFailure(result); retry++)
            {
                result = await AttemptAsync(command, cancellationToken);
            }

            Remember(result);
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static bool IsLinkFailure(ModbusResult result) =>
        result.Status is not (ModbusStatus.Ok or ModbusStatus.ExceptionResponse);

    private void Remember(ModbusResult result)
    {
        if (!IsLinkFailure(result))
        {
            _backOff.Succeeded();
            return;
        }

        _lastFailure = result;
        _backOff.Failed();
    }

    private async ValueTask<ModbusResult> AttemptAsync(ModbusCommand command, CancellationToken cancellationToken)
    {
        await _pacer.WaitAsync(cancellationToken);
        using CancellationTokenSource timeout = new(_options.RequestTimeout, _timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            ModbusResult result = await ExchangeAsync(command, both.Token);
            if (IsLinkFailure(result))
            {
                Drop();
            }

            return result;
        }
        catch (OperationCanceledException)
        {
            // An answer may still be under way, so the connection cannot be used for another request.
            Drop();
            cancellationToken.ThrowIfCancellationRequested();
            return new ModbusResult(ModbusStatus.Timeout);
        }
        catch (SocketException)
        {
            Drop();
            return new ModbusResult(ModbusStatus.Disconnected);
        }
        finally
        {
            _pacer.MessageEnded();
        }
    }

    private async ValueTask<ModbusResult> ExchangeAsync(ModbusCommand command, CancellationToken cancellationToken)
    {
        Socket socket = _socket ?? await ConnectAsync(cancellationToken);
        ushort transactionId = unchecked(++_transactionId);
        int sent = 0;
        int frameBytes = command.Encode(transactionId, _buffer);
        while (sent < frameBytes)
        {
            sent += await socket.SendAsync(_buffer.AsMemory(sent, frameBytes - sent), cancellationToken);
        }

        if (!await ReceiveAsync(socket, 0, ModbusLimits.HeaderBytes, cancellationToken))
        {
            return new ModbusResult(ModbusStatus.Disconnected);
        }

        if (ModbusFrame.DecodeHeader(_buffer, out ModbusHeader header) != ModbusFrameStatus.Complete)
        {
            return new ModbusResult(ModbusStatus.MalformedResponse);
        }

        if (header.TransactionId != transactionId || header.Unit != command.Unit)
        {
            return new ModbusResult(ModbusStatus.TransactionMismatch);
        }

        if (!await ReceiveAsync(socket, ModbusLimits.HeaderBytes, header.PduBytes, cancellationToken))
        {
            return new ModbusResult(ModbusStatus.Disconnected);
        }

        ReadOnlySpan<byte> pdu = _buffer.AsSpan(ModbusLimits.HeaderBytes, header.PduBytes);
        return command.DecodeResponse(pdu, out ModbusExceptionCode exception) switch
        {
            ModbusPduStatus.Ok => ModbusResult.Ok,
            ModbusPduStatus.Exception => new ModbusResult(ModbusStatus.ExceptionResponse, exception),
            _ => new ModbusResult(ModbusStatus.MalformedResponse),
        };
    }

    private async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_options.Host, _options.Port, cancellationToken);
            _socket = socket;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Fills a part of the buffer; false when the device closed the connection before.</summary>
    private async ValueTask<bool> ReceiveAsync(
        Socket socket, int offset, int bytes, CancellationToken cancellationToken)
    {
        int end = offset + bytes;
        while (offset < end)
        {
            int received = await socket.ReceiveAsync(_buffer.AsMemory(offset, end - offset), cancellationToken);
            if (received == 0)
            {
                return false;
            }

            offset += received;
        }

        return true;
    }

    private void Drop()
    {
        _socket?.Dispose();
        _socket = null;
    }
}

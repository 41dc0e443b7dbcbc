using System.Threading.Channels;
using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Tests.Modbus;

/// <summary>Misbehaves as a function of the number of the request, and tells when a request has come.</summary>
internal sealed class ScriptedPolicy(Func<int, ReplyKind> script) : IReplyPolicy
{
    private readonly Channel<int> _requests = Channel.CreateUnbounded<int>();
    private int _count;

    public bool AcceptsConnections { get; set; } = true;

    public int Count => Volatile.Read(ref _count);

    public ReplyKind Decide(byte unit, out ModbusExceptionCode exception)
    {
        exception = ModbusExceptionCode.ServerDeviceBusy;
        int number = Interlocked.Increment(ref _count) - 1;
        _requests.Writer.TryWrite(number);
        return script(number);
    }

    public ValueTask<int> NextRequestAsync(CancellationToken cancellationToken) =>
        _requests.Reader.ReadAsync(cancellationToken);
}

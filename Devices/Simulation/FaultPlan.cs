using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Simulation;

/// <summary>The faults of a simulated site. Thread-safe.</summary>
internal sealed class FaultPlan(Func<long> currentSlot) : IReplyPolicy
{
    private volatile DeviceFault[] _faults = [];

    public bool AcceptsConnections => !_faults.Any(fault =>
        fault.Kind == DeviceFaultKind.RefuseConnections && fault.Unit == 0 && fault.IsActive(0, currentSlot()));

    public ReplyKind Decide(byte unit, out ModbusExceptionCode exception)
    {
        exception = ModbusExceptionCode.None;
        long slot = currentSlot();
        foreach (DeviceFault fault in _faults)
        {
            ReplyKind reply = ReplyOf(fault.Kind);
            if (reply != ReplyKind.Normal && fault.IsActive(unit, slot))
            {
                exception = fault.Exception;
                return reply;
            }
        }

        return ReplyKind.Normal;
    }

    public void Add(DeviceFault fault)
    {
        DeviceFault[] seen;
        do
        {
            seen = _faults;
        }
#pragma warning disable CS0420 // Interlocked is the fence that the volatile field needs.
        while (Interlocked.CompareExchange(ref _faults, [.. seen, fault], seen) != seen);
#pragma warning restore CS0420
    }

    public void Clear() => _faults = [];

    /// <summary>The fault of a kind that works on a unit in a slot, or null.</summary>
    public DeviceFault? Active(byte unit, long slot, DeviceFaultKind kind) =>
        _faults.FirstOrDefault(fault => fault.Kind == kind && fault.IsActive(unit, slot));

    /// <summary>The counter resets of a unit that have begun by a slot, latest last.</summary>
    public IEnumerable<DeviceFault> Resets(byte unit, long slot) => _faults
        .Where(fault => fault.Kind == DeviceFaultKind.CounterReset && fault.FirstSlot <= slot)
        .Where(fault => fault.Unit == 0 || fault.Unit == unit)
        .OrderBy(fault => fault.FirstSlot);

    private static ReplyKind ReplyOf(DeviceFaultKind kind) => kind switch
    {
        DeviceFaultKind.Silent => ReplyKind.Silence,
        DeviceFaultKind.RefuseConnections => ReplyKind.Disconnect,
        DeviceFaultKind.ExceptionCode => ReplyKind.Exception,
        DeviceFaultKind.Garbage => ReplyKind.Garbage,
        DeviceFaultKind.WrongTransaction => ReplyKind.WrongTransaction,
        _ => ReplyKind.Normal,
    };
}

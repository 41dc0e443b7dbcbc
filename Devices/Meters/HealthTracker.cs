using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Meters;

/// <summary>Keeps the health of one device. Thread-safe: the reader writes, anyone reads.</summary>
internal sealed class HealthTracker(string name, IMeter meter, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private DeviceCondition _condition = DeviceCondition.Ok;
    private ModbusExceptionCode _exception;
    private DateTimeOffset _since = timeProvider.GetUtcNow();
    private DeviceCondition _lastFault = DeviceCondition.Ok;
    private DateTimeOffset? _lastFaultAt;

    public DeviceHealth Current
    {
        get
        {
            lock (_lock)
            {
                return new DeviceHealth(
                    name, meter.Role, meter.Identity, _condition, _exception, _since, _lastFault, _lastFaultAt);
            }
        }
    }

    public void Set(DeviceCondition condition, ModbusExceptionCode exception = ModbusExceptionCode.None)
    {
        lock (_lock)
        {
            if (condition == _condition && exception == _exception)
            {
                return;
            }

            _condition = condition;
            _exception = exception;
            _since = timeProvider.GetUtcNow();
            if (condition != DeviceCondition.Ok)
            {
                _lastFault = condition;
                _lastFaultAt = _since;
            }
        }
    }
}

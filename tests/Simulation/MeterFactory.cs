using System.Diagnostics.Metrics;

namespace EnergyChain.Simulation;

/// <summary>Meters that nobody listens to, let go of with the run.</summary>
internal sealed class MeterFactory : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        Meter meter = new(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose() => _meters.ForEach(static meter => meter.Dispose());
}

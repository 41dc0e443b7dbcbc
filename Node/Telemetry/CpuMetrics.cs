using System.Diagnostics.Metrics;

namespace EnergyChain.Node.Telemetry;

/// <summary>The processor time by stage as a meter.</summary>
internal sealed class CpuMetrics
{
    public CpuMetrics(IMeterFactory factory) => factory.Create("energychain.cpu").CreateObservableCounter(
        "energychain.cpu.time",
        static () => Enum.GetValues<CpuStage>().Select(static stage => new Measurement<double>(
            CpuTime.SecondsOf(stage),
            new KeyValuePair<string, object?>("stage", stage.ToString().ToLowerInvariant()))),
        "s",
        "Processor time by stage");
}

using System.Globalization;

namespace EnergyChain.Node.Telemetry;

/// <summary>
/// Writes the processor time by stage to a file once a second, for a benchmark that runs beside: seconds since the
/// start, with the pauses, bytes and runs of the garbage collector, as one JSON object that is replaced whole.
/// </summary>
internal sealed class CpuFile(string path, TimeProvider time) : BackgroundService
{
    /// <summary>Names the file; without it nothing is written.</summary>
    public const string Variable = "ENERGYCHAIN_CPU_FILE";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, time);
        try
        {
            do
            {
                Write();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Puts a new file in the place of the old.</summary>
    internal void Write()
    {
        string temporary = path + ".new";
        File.WriteAllText(temporary, Json());
        File.Move(temporary, path, overwrite: true);
    }

    private static string Json()
    {
        IEnumerable<(string Name, double Seconds)> stages = Enum.GetValues<CpuStage>()
            .Select(static stage => (stage.ToString().ToLowerInvariant(), CpuTime.SecondsOf(stage)))
            .Append(("total", CpuTime.Total))
            .Append(("gc", GC.GetTotalPauseDuration().TotalSeconds))
            .Append(("allocated", GC.GetTotalAllocatedBytes()))
            .Append(("gen0", GC.CollectionCount(0)))
            .Append(("gen1", GC.CollectionCount(1)))
            .Append(("gen2", GC.CollectionCount(2)));
        return "{" + string.Join(',', stages.Select(static stage => string.Create(
            CultureInfo.InvariantCulture, $"\"{stage.Name}\":{stage.Seconds:F6}"))) + "}\n";
    }
}

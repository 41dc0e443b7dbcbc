using System.Text.Json;

namespace EnergyChain.Benchmarks.Load;

/// <summary>Processor seconds of a node by stage, as it writes them itself (ENERGYCHAIN_CPU_FILE).</summary>
internal sealed record StageTimes
{
    public double Verify { get; init; }

    public double Execute { get; init; }

    public double Store { get; init; }

    public double Consensus { get; init; }

    /// <summary>Of the whole process.</summary>
    public double Total { get; init; }

    /// <summary>Pauses of the garbage collector; within the others.</summary>
    public double Gc { get; init; }

    public static StageTimes operator -(StageTimes later, StageTimes earlier) => new()
    {
        Verify = later.Verify - earlier.Verify,
        Execute = later.Execute - earlier.Execute,
        Store = later.Store - earlier.Store,
        Consensus = later.Consensus - earlier.Consensus,
        Total = later.Total - earlier.Total,
        Gc = later.Gc - earlier.Gc,
    };

    /// <summary>The figures of now; null where the node does not write them.</summary>
    public static StageTimes? Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<StageTimes>(File.ReadAllText(path), JsonSerializerOptions.Web)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Text.Json.Serialization;
using EnergyChain.Benchmarks.Load.Market;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// What one run found; the JSON has these names in snake case, with units. Null is what was not measured.
/// </summary>
internal sealed record LoadReport
{
    public required string Workload { get; init; }

    public required int Validators { get; init; }

    public required int Relays { get; init; }

    /// <summary>The least time between two blocks that the chain allows.</summary>
    public required ulong BlockIntervalMs { get; init; }

    /// <summary>Transactions offered each second; null: as many as the network sustained.</summary>
    public required double? Rate { get; init; }

    public required double MeasuredSeconds { get; init; }

    /// <summary>Whole blocks in them.</summary>
    public required int Blocks { get; init; }

    /// <summary>Transactions in blocks, each second of header time.</summary>
    public required double Tps { get; init; }

    [JsonPropertyName("tps_min_5s")]
    public required double TpsMin5s { get; init; }

    /// <summary>
    /// Verifications each second on all processors, divided by the validators: the mean of both below.
    /// </summary>
    public required double VerificationLimit { get; init; }

    public required double VerificationLimitBefore { get; init; }

    public required double VerificationLimitAfter { get; init; }

    /// <summary><see cref="Tps"/> to <see cref="VerificationLimit"/>.</summary>
    public double Ratio => Tps / VerificationLimit;

    public required Distribution? IntervalMs { get; init; }

    /// <summary>From the call that submits until the node it went to streams the block.</summary>
    public required Distribution? FinalityMs { get; init; }

    /// <summary>Over all nodes together, for each transaction in the measured blocks.</summary>
    public required CpuCost CpuUsPerTransaction { get; init; }

    /// <summary>Of the generator, which is in none of the other figures.</summary>
    public required double GeneratorCpuUsPerTransaction { get; init; }

    /// <summary>The most memory that any node had, from its start to its end.</summary>
    public required long PeakRssBytes { get; init; }

    /// <summary>Over links to other nodes in the measured time; the mean of the nodes.</summary>
    public required double BytesSentPerNode { get; init; }

    /// <summary>Offers, repeated ones included, over the whole run.</summary>
    public required long Offered { get; init; }

    public required long Accepted { get; init; }

    /// <summary>Transactions of the run in blocks, warm-up and end included.</summary>
    public required long Committed { get; init; }

    /// <summary>How often each reason was given.</summary>
    public required IReadOnlyDictionary<string, long> Refused { get; init; }

    /// <summary>Null where the workload has no orders.</summary>
    public required MarketReport? Market { get; init; }

    /// <summary>Looks at all nodes in the measured time; null where none were asked for.</summary>
    public required IReadOnlyList<SeriesPoint>? Series { get; init; }

    /// <summary>Null where none was asked for.</summary>
    public required OverloadReport? Overload { get; init; }

    public required IReadOnlyList<NodeReport> Nodes { get; init; }

    /// <summary>The machine's 1-minute average before any of our processes ran.</summary>
    public required double? LoadAverageBefore { get; init; }

    public required int Cores { get; init; }

    public required string Runtime { get; init; }

    /// <summary>What must hold and did not.</summary>
    public required IReadOnlyList<string> Violations { get; init; }
}

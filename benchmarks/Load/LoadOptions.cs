using EnergyChain.Benchmarks.Load.Workloads;

namespace EnergyChain.Benchmarks.Load;

/// <summary>What the command line of <c>benchmarks -- network</c> asks for.</summary>
internal sealed record LoadOptions
{
    /// <summary>Members of the council, each a process.</summary>
    public int Validators { get; init; } = 4;

    /// <summary>Relays, each a process; where there are any, they are loaded and not the validators.</summary>
    public int Relays { get; init; }

    public string Workload { get; init; } = TransferWorkload.Name;

    /// <summary>Transactions offered each second; null for as many as the network sustains.</summary>
    public double? Rate { get; init; }

    /// <summary>Seconds that are measured.</summary>
    public int Seconds { get; init; } = 30;

    /// <summary>Seconds of the same load before them, in which nodes that have just started compile.</summary>
    public int WarmupSeconds { get; init; } = 20;

    /// <summary>Accounts that send, in turns.</summary>
    public int Senders { get; init; } = 1_000;

    /// <summary>
    /// After the measured time, how many times the TPS of it are offered for as long again; null for not at all.
    /// </summary>
    public double? Overload { get; init; }

    /// <summary>The least time between two blocks.</summary>
    public ulong BlockIntervalMs { get; init; } = 1_000;

    /// <summary>Seconds between two looks at all nodes; 0 for none.</summary>
    public int SampleSeconds { get; init; }

    /// <summary>Where the report goes as JSON; null for nowhere.</summary>
    public string? JsonPath { get; init; }

    /// <summary>Leaves the folder of the network, with its logs, when done.</summary>
    public bool KeepsFolder { get; init; }
}

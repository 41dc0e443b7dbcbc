namespace EnergyChain.Node.Setup;

/// <summary>What <c>testnet</c> writes files for.</summary>
public sealed class TestnetOptions
{
    /// <summary>A council of 3f + 1 members bears f that fail.</summary>
    public int Validators { get; init; } = 4;

    public int Relays { get; init; } = 2;

    /// <summary>Folder for the files; must not exist or be empty.</summary>
    public required string Out { get; init; }

    /// <summary>
    /// Peer port of every machine; its API listens on the next. On one host the ports go on by two a node.
    /// </summary>
    public int BasePort { get; init; } = 30_300;

    /// <summary>A host for each node, validators first; one host for all; none for 127.0.0.1.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    public ulong ChainId { get; init; } = 7_002;

    public int SlotSeconds { get; init; } = 900;

    public int NodeCount => Validators + Relays;
}

namespace EnergyChain.Client;

/// <summary>How a client reaches its node.</summary>
public sealed class NodeClientOptions
{
    /// <summary>http://host:port of the node's API port.</summary>
    public required Uri Node { get; init; }

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a trace may take: the node runs the block up to the transaction again.</summary>
    public TimeSpan TraceTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long opening a connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Attempts of a call while the node cannot be reached; at least 1.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Wait before the second attempt; doubles with each.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait between two attempts.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of an answer: a full block, decoded and raw.</summary>
    public int MaxAnswerBytes { get; init; } = 48 * 1024 * 1024;
}

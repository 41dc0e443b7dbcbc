namespace EnergyChain.Client;

/// <summary>How a client reaches its node.</summary>
public sealed class NodeClientOptions
{
    /// <summary>
    /// Bytes of an answer that a node may send ahead of what was read of it: 16 MiB, the most that the handler takes.
    /// A node that need not stop in the middle of an answer has it sent a tenth to a quarter sooner (260 KB), and the
    /// answers that Kestrel schedules and never sends (dotnet/aspnetcore#53736) are told to come after such a stop.
    /// </summary>
    /// <remarks>
    /// It allows and does not allocate: memory holds what has come and is not read yet, at most this much for a stream
    /// whose reader is slower than the node.
    /// </remarks>
    public const int StreamWindowBytes = 16 * 1024 * 1024;

    /// <summary>http://host:port of the node's API port.</summary>
    public required Uri Node { get; init; }

    /// <summary>
    /// How long one attempt of a call may take. A read that has no answer after half of it is asked once more beside
    /// the first question, since a node may lose an answer; whichever comes first counts, and the attempt takes no
    /// longer for it. Waiting for a transaction has this on top of the wait, and asks again in the last half of it.
    /// What is handed in, traces and streams are asked once.
    /// </summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a trace may take: the node runs the block up to the transaction again. Asked once, because the node
    /// has two places for traces and a slow one would take both.
    /// </summary>
    public TimeSpan TraceTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long opening a connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Attempts of a call while the node cannot be reached; at least 1. A call ends after so many
    /// <see cref="CallTimeout"/> and the waits between them at the latest; without an answer it ends with the first.
    /// </summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Wait before the second attempt; doubles with each.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait between two attempts.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of an answer: a full block, decoded and raw.</summary>
    public int MaxAnswerBytes { get; init; } = 48 * 1024 * 1024;
}

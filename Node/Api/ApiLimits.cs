namespace EnergyChain.Node.Api;

/// <summary>Every bound of the public API by name.</summary>
public static class ApiLimits
{
    /// <summary>Rows of a page where the request does not say.</summary>
    public const int DefaultPageSize = 50;

    /// <summary>Rows of any page.</summary>
    public const int MaxPageSize = 500;

    /// <summary>Characters of a page token.</summary>
    public const int MaxPageTokenLength = 256;

    /// <summary>Bytes of one request message.</summary>
    public const int MaxRequestBytes = 4 * 1024 * 1024;

    /// <summary>Bytes of one response message: a block at its limit, decoded and raw.</summary>
    public const int MaxResponseBytes = 48 * 1024 * 1024;

    /// <summary>Transactions of one submission.</summary>
    public const int MaxSubmittedTransactions = 500;

    /// <summary>Transactions of a block that are shown decoded.</summary>
    public const int MaxDecodedTransactions = 2_000;

    /// <summary>Blocks that one page of logs looks at.</summary>
    public const int MaxScannedBlocks = 1_000;

    /// <summary>Contracts, and topics, of a log filter.</summary>
    public const int MaxFilterEntries = 16;

    /// <summary>Streams and waits under way at once.</summary>
    public const int MaxSubscriptions = 256;

    /// <summary>Gas of one read-only call: a fraction of a second of one core.</summary>
    public const ulong MaxCallGas = 50_000_000;

    /// <summary>Read-only calls that run at once; more wait.</summary>
    public const int MaxConcurrentCalls = 4;

    /// <summary>Read-only calls that wait for their turn; each holds its request.</summary>
    public const int MaxWaitingCalls = 256;

    /// <summary>How long a read-only call waits for its turn, in milliseconds.</summary>
    public const int MaxCallWaitMs = 5_000;

    /// <summary>Proofs that are made at once; more wait.</summary>
    public const int MaxConcurrentProofs = 2;

    /// <summary>Proofs that wait for their turn, as long as a call does.</summary>
    public const int MaxWaitingProofs = 64;

    /// <summary>
    /// How long a proof of a transaction in the head waits for the block that states its outcome, in milliseconds.
    /// </summary>
    public const int MaxProofWaitMs = 5_000;

    /// <summary>Bytes of one part of the genesis.</summary>
    public const int MaxGenesisPartBytes = 1024 * 1024;

    /// <summary>Traces that run at once; more wait.</summary>
    public const int MaxConcurrentTraces = 2;

    /// <summary>Traces that wait for their turn, as long as a call does.</summary>
    public const int MaxWaitingTraces = 16;

    /// <summary>
    /// Gas that tracing one transaction may run again, that of the transactions before it in its block included: some
    /// seconds of one core.
    /// </summary>
    public const ulong MaxTraceGas = 2_000_000_000;

    /// <summary>Calls in one trace, SELFDESTRUCT among them.</summary>
    public const int MaxTraceCalls = 4_096;

    /// <summary>Events in one trace.</summary>
    public const int MaxTraceLogs = 4_096;

    /// <summary>Bytes of one input, output or event data in a trace.</summary>
    public const int MaxTraceDataBytes = 16 * 1024;

    /// <summary>Bytes of all inputs, outputs and event data of a trace together.</summary>
    public const int MaxTraceBytes = 8 * 1024 * 1024;

    /// <summary>Faults shown in the node's status.</summary>
    public const int MaxShownFaults = 100;

    /// <summary>Devices shown for a site.</summary>
    public const int MaxShownDevices = 64;

    /// <summary>Slots whose records are shown for a site.</summary>
    public const int MaxShownSlots = 100;

    public const int DefaultWaitMs = 30_000;

    public const int MaxWaitMs = 120_000;

    /// <summary>Connections to the API's port.</summary>
    public const int MaxConnections = 1_024;

    /// <summary>HTTP/2 streams of one connection.</summary>
    public const int MaxStreamsPerConnection = 100;
}

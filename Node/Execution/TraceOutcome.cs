namespace EnergyChain.Node.Execution;

/// <summary>What became of an attempt to run a transaction again.</summary>
public enum TraceOutcome
{
    /// <summary>It ran again and gave the receipt that it gave the first time.</summary>
    Traced,

    /// <summary>The state before its block is no longer kept.</summary>
    TooOld,

    /// <summary>Its block or its receipt is not, or not yet, on this node's disk.</summary>
    NotStored,

    /// <summary>It gave another receipt than the first time: a bug. What the tracer saw is wrong.</summary>
    Differs,
}

using EnergyChain.Core;

namespace EnergyChain.Node.Pool;

/// <summary>The bounds of one pool; the defaults are those of the protocol.</summary>
/// <param name="MaxTransactions">Transactions.</param>
/// <param name="MaxBytes">Bytes of their encodings together.</param>
/// <param name="MaxPerSender">Transactions of one sender.</param>
/// <param name="MaxGapBlocks">Blocks that a transaction may wait behind a missing nonce.</param>
public sealed record PoolLimits(
    int MaxTransactions = Limits.MaxPoolTransactions,
    long MaxBytes = Limits.MaxPoolBytes,
    int MaxPerSender = Limits.MaxPoolTransactionsPerSender,
    ulong MaxGapBlocks = Limits.MaxPoolGapBlocks);

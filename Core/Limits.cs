namespace EnergyChain.Core;

/// <summary>
/// Every bound of the protocol by name. A queue, message, list or loop without a name here has no place.
/// </summary>
public static class Limits
{
    /// <summary>Bytes of one encoded transaction, memo included.</summary>
    public const int MaxTransactionBytes = 128 * 1024;

    /// <summary>Bytes of a detached memo.</summary>
    public const int MaxMemoBytes = 4 * 1024;

    /// <summary>Bytes of call data or init code in a transaction body.</summary>
    public const int MaxTransactionDataBytes = 120 * 1024;

    /// <summary>Bytes of one encoded block.</summary>
    public const int MaxBlockBytes = 10 * 1024 * 1024;

    /// <summary>Transactions in one block.</summary>
    public const int MaxBlockTransactions = 20_000;

    /// <summary>Pieces of evidence in one block.</summary>
    public const int MaxBlockEvidence = 16;

    /// <summary>Members of the council.</summary>
    public const int MaxCouncilMembers = 128;

    /// <summary>Transactions waiting in the pool.</summary>
    public const int MaxPoolTransactions = 50_000;

    /// <summary>Bytes of all transactions waiting in the pool.</summary>
    public const int MaxPoolBytes = 64 * 1024 * 1024;

    /// <summary>Transactions of one sender waiting in the pool.</summary>
    public const int MaxPoolTransactionsPerSender = 1_000;

    /// <summary>How far a transaction's nonce may lie ahead of its account's.</summary>
    public const ulong MaxNonceAhead = 1_000;

    /// <summary>How far in the future, in blocks, a transaction's valid-until height may lie.</summary>
    public const ulong MaxValidityBlocks = 100_000;

    /// <summary>Rounds ahead of the current one whose votes are kept.</summary>
    public const uint MaxRoundsAhead = 64;

    /// <summary>The least time between the headers of two blocks, in milliseconds.</summary>
    public const ulong MinBlockIntervalMs = 100;

    /// <summary>How far a proposer's clock may run ahead of the receiver's at prevote, in milliseconds.</summary>
    public const ulong MaxClockAheadMs = 500;

    /// <summary>Bytes of the genesis file.</summary>
    public const int MaxGenesisBytes = 16 * 1024 * 1024;
}

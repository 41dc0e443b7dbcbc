namespace EnergyChain.Core.Chain;

/// <summary>Why a node does not admit a transaction. The client is told which; nothing of it is kept.</summary>
public enum TransactionRefusal
{
    None = 0,

    /// <summary>The bytes are not the canonical encoding of a transaction.</summary>
    Malformed,

    /// <summary>The encoding is over <see cref="Limits.MaxTransactionBytes"/>.</summary>
    TooLarge,

    /// <summary>The body names another chain.</summary>
    WrongChainId,

    /// <summary>The sender's or the fee payer's signature does not hold.</summary>
    BadSignature,

    /// <summary>The memo is not the one whose hash was signed.</summary>
    MemoMismatch,

    /// <summary>The gas price is not the chain's unit price.</summary>
    WrongGasPrice,

    /// <summary>The gas limit does not cover the intrinsic gas.</summary>
    GasLimitTooLow,

    /// <summary>The gas limit is over the chain's limit for one transaction.</summary>
    GasLimitTooHigh,

    /// <summary>The valid-until height has passed.</summary>
    Expired,

    /// <summary>The valid-until height lies over <see cref="Limits.MaxValidityBlocks"/> ahead.</summary>
    ValidityTooLong,

    /// <summary>The nonce was used already.</summary>
    NonceTooLow,

    /// <summary>The nonce is over <see cref="Limits.MaxNonceAhead"/> ahead of the account.</summary>
    NonceTooHigh,

    /// <summary>Sender or fee payer cannot pay value plus the maximum gas cost.</summary>
    InsufficientBalance,

    /// <summary>The transaction is in the pool or the chain already.</summary>
    AlreadyKnown,

    /// <summary>Another transaction of the sender with this nonce is in the pool.</summary>
    NonceTaken,

    /// <summary>The pool is full.</summary>
    PoolFull,

    /// <summary>The sender has too many transactions in the pool.</summary>
    SenderPoolFull,

    /// <summary>The node does not take transactions now: it is catching up or stopping.</summary>
    NotReady,

    /// <summary>The sender may not write to this chain.</summary>
    NotPermitted,

    /// <summary>The block that is being filled has no room left: bytes, gas or number. Said by no pool.</summary>
    BlockFull,

    /// <summary>More waits here than the next blocks take. Said before anything of it is looked at.</summary>
    Overloaded,
}

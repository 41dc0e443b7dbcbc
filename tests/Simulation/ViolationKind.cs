namespace EnergyChain.Simulation;

/// <summary>What the simulator checks.</summary>
public enum ViolationKind
{
    /// <summary>Two blocks of one height.</summary>
    Agreement,

    /// <summary>A block that its certificate does not make final.</summary>
    Certificate,

    /// <summary>Different state or receipts after the same block.</summary>
    StateRoot,

    /// <summary>An honest key under two messages for one step.</summary>
    SignedTwice,

    /// <summary>An own message that left before its journal record was durable.</summary>
    JournalOrder,

    /// <summary>Something durable that is gone after a restart.</summary>
    Durability,

    /// <summary>A node that holds more than its bounds allow.</summary>
    Memory,

    /// <summary>A transaction that a node admitted, kept running and has no longer.</summary>
    LostTransaction,

    /// <summary>Coin that came into being or went.</summary>
    Supply,

    /// <summary>An honest node that another honest one accuses.</summary>
    FalseAccusation,

    /// <summary>A node that threw, or stopped without a reason of its own.</summary>
    Stopped,

    /// <summary>A healed council that does not go on in time.</summary>
    Liveness,
}

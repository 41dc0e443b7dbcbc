namespace EnergyChain.Ledger.Governance;

/// <summary>What the council contract's part in a block came to.</summary>
public enum CouncilVerdict
{
    /// <summary>The block is no epoch and convicts nobody, or the chain has no council contract.</summary>
    NotAsked,

    /// <summary>The term stays as it is.</summary>
    Unchanged,

    /// <summary>Another term is in force from the height after the next one.</summary>
    Changed,

    /// <summary>The call reverted or ran out of gas: it changed nothing.</summary>
    Failed,

    /// <summary>The answer is no term that a chain could go on with: the call was undone.</summary>
    Nonsense,
}

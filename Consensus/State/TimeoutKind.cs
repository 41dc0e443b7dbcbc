namespace EnergyChain.Consensus.State;

/// <summary>The three timeouts of the paper.</summary>
public enum TimeoutKind
{
    /// <summary>timeoutPropose, L57.</summary>
    Propose,

    /// <summary>timeoutPrevote, L61.</summary>
    Prevote,

    /// <summary>timeoutPrecommit, L65.</summary>
    Precommit,
}

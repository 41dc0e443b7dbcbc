namespace EnergyChain.Contracts;

/// <summary>The chain parameters that the council votes on, by their number in the contract.</summary>
public enum CouncilParameter
{
    BlockIntervalMs = 0,
    BlockGasLimit = 1,
    TransactionGasLimit = 2,

    /// <summary>Base units per gas.</summary>
    GasPrice = 3,
    EpochBlocks = 4,
}

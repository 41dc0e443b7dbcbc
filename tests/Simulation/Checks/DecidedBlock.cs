using EnergyChain.Core.Primitives;

namespace EnergyChain.Simulation.Checks;

/// <summary>What the first honest node made of a height.</summary>
internal sealed record DecidedBlock(Hash32 Block, Hash32 StateRoot, Hash32 ReceiptsRoot, BlockTime Time, Round Round)
{
    /// <summary>Certificates that were found to hold.</summary>
    public HashSet<Hash32> Certificates { get; } = [];
}

using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.State;

/// <summary>
/// A timeout as a value: it means something only while the machine is still in this height and round.
/// </summary>
public readonly record struct ConsensusTimeout(TimeoutKind Kind, Height Height, Round Round);

using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Joining;

/// <summary>The snapshots that a peer says it has.</summary>
/// <param name="Heights">Their heights.</param>
/// <param name="Frontier">The encoded frontier of the one that was asked for; empty where it has it not.</param>
internal sealed record SnapshotOffer(IReadOnlyList<Height> Heights, ReadOnlyMemory<byte> Frontier);

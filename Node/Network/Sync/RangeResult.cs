using EnergyChain.Core.Chain;
using EnergyChain.Node.Network.Links;

namespace EnergyChain.Node.Network.Sync;

/// <summary>What a peer gave for a range; null where it gave nothing usable.</summary>
internal sealed record RangeResult(PeerLink Peer, BlockRange Range, IReadOnlyList<CommittedBlock>? Blocks);

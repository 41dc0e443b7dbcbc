using EnergyChain.Core.Chain;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>An admitted transaction that waits to be sent on; no origin where it came over this node's API.</summary>
internal readonly record struct OutgoingTransaction(Transaction Transaction, PeerId? Origin);

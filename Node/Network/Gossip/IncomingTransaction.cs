using EnergyChain.Core.Chain;
using EnergyChain.Node.Network.Links;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>A transaction from a peer that waits to be verified.</summary>
internal readonly record struct IncomingTransaction(PeerLink From, Transaction Transaction);

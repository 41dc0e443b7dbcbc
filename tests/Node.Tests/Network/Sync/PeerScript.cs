using EnergyChain.Core.Chain;
using EnergyChain.Node.Network.Sync;

namespace EnergyChain.Node.Tests.Network.Sync;

/// <summary>What a peer says when an honest one would give these blocks.</summary>
internal delegate PeerAnswer? PeerScript(SyncRequest request, List<CommittedBlock> honest);

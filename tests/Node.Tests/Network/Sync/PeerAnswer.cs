using EnergyChain.Core.Chain;

namespace EnergyChain.Node.Tests.Network.Sync;

/// <summary>An answer; null blocks are bytes that cannot be decoded.</summary>
internal sealed record PeerAnswer(IReadOnlyList<CommittedBlock>? Blocks);

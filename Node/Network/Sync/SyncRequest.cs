using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Sync;

/// <summary>A question for <paramref name="Count"/> blocks from a height on; ids are never used twice.</summary>
internal readonly record struct SyncRequest(ulong Id, Height From, int Count);

using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index;

/// <summary>The last block that the index holds; written in the same transaction as the block's rows.</summary>
internal readonly record struct IndexHead(Height Height, Hash32 Hash);

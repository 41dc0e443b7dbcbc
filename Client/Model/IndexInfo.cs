using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>What the index of a node holds.</summary>
/// <param name="First">The first height in it; 0 while it is empty.</param>
/// <param name="Last">The last height in it.</param>
/// <param name="LagBlocks">Blocks of the head that it does not hold yet.</param>
/// <param name="IsRebuilding">Whether so much is missing that lists are refused.</param>
public sealed record IndexInfo(Height First, Height Last, ulong LagBlocks, bool IsRebuilding);

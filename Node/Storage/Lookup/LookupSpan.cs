namespace EnergyChain.Node.Storage.Lookup;

/// <summary>What a run covers.</summary>
/// <param name="First">Its first height.</param>
/// <param name="Last">Its last height.</param>
/// <param name="Level">How often its entries were merged.</param>
/// <param name="Count">Entries.</param>
internal readonly record struct LookupSpan(ulong First, ulong Last, uint Level, ulong Count);

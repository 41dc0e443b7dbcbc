namespace EnergyChain.Node.Network.Sync;

/// <summary>Heights to ask for: <paramref name="Count"/> of them from <paramref name="From"/> on.</summary>
internal readonly record struct BlockRange(ulong From, int Count);

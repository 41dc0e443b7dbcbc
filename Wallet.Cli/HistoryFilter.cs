using EnergyChain.Core.Primitives;

namespace EnergyChain.Wallet.Cli;

/// <summary>Which rows of the history the user wants.</summary>
/// <param name="Slot">A slot's text; null for all.</param>
/// <param name="Site">Null for all.</param>
/// <param name="Account">Null for all.</param>
/// <param name="OpenOnly">Orders only.</param>
/// <param name="Rows">1 to 500.</param>
internal sealed record HistoryFilter(string? Slot, uint? Site, Address? Account, bool OpenOnly, uint Rows);

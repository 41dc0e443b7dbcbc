using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.State;

/// <summary>The value that something had before a change.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="Index">The account's or slot's number.</param>
/// <param name="Previous">The earlier value; a nonce, flag or hash as a number.</param>
internal readonly record struct JournalEntry(JournalKind Kind, int Index, UInt256 Previous);

using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <summary>An event that a contract emitted.</summary>
/// <param name="Address">The contract that emitted it.</param>
/// <param name="Topics">0 to 4 indexed words, the first one usually the event's signature hash.</param>
/// <param name="Data">The other arguments, ABI encoded.</param>
public sealed record LogEntry(Address Address, IReadOnlyList<Hash32> Topics, ReadOnlyMemory<byte> Data);

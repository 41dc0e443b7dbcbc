using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <summary>Code that a block deployed. It may be stored already: code is kept by hash.</summary>
public readonly record struct CodeChange(Hash32 CodeHash, ReadOnlyMemory<byte> Code);

using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <summary>A storage slot whose value a block changed; zero deletes it.</summary>
public readonly record struct StorageChange(Address Address, UInt256 Key, UInt256 Value);

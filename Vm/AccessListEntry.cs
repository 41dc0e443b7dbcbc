using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm;

/// <summary>An account, and slots of it, that a transaction pays to have warm from the start (EIP-2930).</summary>
public sealed record AccessListEntry(Address Address, IReadOnlyList<UInt256> StorageKeys);

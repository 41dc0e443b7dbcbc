using System.Numerics;

namespace EnergyChain.Contracts;

/// <summary>A state variable or struct member: its slot (relative for a member), first byte in it, and type.</summary>
public sealed record StorageVariable(string Label, BigInteger Slot, int Offset, string Type);

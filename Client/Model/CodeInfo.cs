using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>The code of a contract.</summary>
/// <param name="Address">The contract.</param>
/// <param name="CodeHash">Keccak-256 of the code.</param>
/// <param name="Code">The code.</param>
/// <param name="Height">The height that it is of.</param>
public sealed record CodeInfo(Address Address, Hash32 CodeHash, ReadOnlyMemory<byte> Code, Height Height);

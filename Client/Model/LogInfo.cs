using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>An event.</summary>
/// <param name="Contract">Who emitted it.</param>
/// <param name="Name">Its name where the contract is one of the chain's own; else empty.</param>
/// <param name="Topics">Signature hash and indexed fields.</param>
/// <param name="Data">The other fields, ABI-encoded.</param>
public sealed record LogInfo(
    Address Contract, string Name, IReadOnlyList<Hash32> Topics, ReadOnlyMemory<byte> Data);

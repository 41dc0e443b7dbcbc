using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Genesis;

/// <summary>A contract as genesis predeploys it.</summary>
/// <param name="Name">Name of its artifact.</param>
/// <param name="Address">Where it lives.</param>
/// <param name="RuntimeCode">The code there.</param>
/// <param name="Storage">Slots that are not zero, by ascending key.</param>
/// <param name="Balance">Base units it starts with.</param>
public sealed record GenesisContract(
    string Name,
    Address Address,
    byte[] RuntimeCode,
    IReadOnlyList<KeyValuePair<UInt256, UInt256>> Storage,
    UInt256 Balance);

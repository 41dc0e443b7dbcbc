using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Keys;

/// <summary>What of a key is known without its password.</summary>
/// <param name="Name">Its name in the keystore.</param>
/// <param name="Address">The account it signs for.</param>
/// <param name="PublicKey">The Ed25519 public key.</param>
/// <param name="Path">The file.</param>
public sealed record KeyDescription(string Name, Address Address, PublicKey PublicKey, string Path);

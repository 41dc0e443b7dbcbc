using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>An account after the head.</summary>
/// <param name="Address">The account.</param>
/// <param name="Nonce">Transactions sent and final.</param>
/// <param name="NextNonce">The nonce to use next, counting what waits in the node's pool.</param>
/// <param name="Balance">Base units.</param>
/// <param name="CodeBytes">Bytes of code; 0 for a plain account.</param>
/// <param name="Exists">False for an account that was never used.</param>
/// <param name="Height">The height that the values are of.</param>
public sealed record AccountInfo(
    Address Address, ulong Nonce, ulong NextNonce, UInt256 Balance, uint CodeBytes, bool Exists, Height Height);

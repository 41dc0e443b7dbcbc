using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <summary>An account as the state tree holds it.</summary>
/// <param name="Nonce">Transactions sent, or contracts created.</param>
/// <param name="Balance">Base units, 10^-18 ENC.</param>
/// <param name="CodeHash">Keccak-256 of the code, as EXTCODEHASH gives it.</param>
public readonly record struct AccountState(ulong Nonce, UInt256 Balance, Hash32 CodeHash);

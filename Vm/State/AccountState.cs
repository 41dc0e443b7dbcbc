using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.State;

/// <summary>An account as the world state holds it. Storage lies apart, by address and key.</summary>
/// <param name="Nonce">Transactions sent, or contracts created, so far.</param>
/// <param name="Balance">In base units (10^-18 ENC).</param>
/// <param name="CodeHash">Keccak-256 of the code; <see cref="EmptyCodeHash"/> for none.</param>
public readonly record struct AccountState(ulong Nonce, UInt256 Balance, Hash32 CodeHash)
{
    /// <summary>Keccak-256 of no bytes.</summary>
    public static readonly Hash32 EmptyCodeHash = new(
    [
        0xc5, 0xd2, 0x46, 0x01, 0x86, 0xf7, 0x23, 0x3c, 0x92, 0x7e, 0x7d, 0xb2, 0xdc, 0xc7, 0x03, 0xc0,
        0xe5, 0x00, 0xb6, 0x53, 0xca, 0x82, 0x27, 0x3b, 0x7b, 0xfa, 0xd8, 0x04, 0x5d, 0x85, 0xa4, 0x70,
    ]);

    /// <summary>What an address holds that nobody has used.</summary>
    public static AccountState Empty => new(0, UInt256.Zero, EmptyCodeHash);

    public bool HasCode => CodeHash != EmptyCodeHash;

    /// <summary>Empty as EIP-161 defines it: no nonce, no balance, no code.</summary>
    public bool IsEmpty => Nonce == 0 && Balance.IsZero && !HasCode;
}

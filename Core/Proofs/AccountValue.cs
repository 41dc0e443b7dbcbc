using System.Buffers.Binary;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Proofs;

/// <summary>What the state tree commits to of an account; its storage words are leaves of their own.</summary>
/// <param name="Nonce">Transactions sent, or contracts created, so far.</param>
/// <param name="Balance">In base units (10^-18 ENC).</param>
/// <param name="CodeHash">Keccak-256 of the code; that of no bytes for none.</param>
public readonly record struct AccountValue(ulong Nonce, UInt256 Balance, Hash32 CodeHash) : IBcsValue<AccountValue>
{
    private const int BalanceBytes = 32;
    private const int Bytes = sizeof(ulong) + BalanceBytes + Hash32.Size;

    /// <summary>H(nonce u64 || balance u256 || code hash), integers little-endian.</summary>
    public Hash32 Hash
    {
        get
        {
            // Once for every account that a block changes: the same bytes as encoded, on the stack.
            Span<byte> bytes = stackalloc byte[Bytes];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, Nonce);
            Span<byte> balance = bytes.Slice(sizeof(ulong), BalanceBytes);
            Balance.WriteBigEndian(balance);
            balance.Reverse();
            CodeHash.CopyTo(bytes[(sizeof(ulong) + BalanceBytes)..]);
            return Blake2b.Hash(bytes);
        }
    }

    public static AccountValue Decode(ref BcsReader reader) =>
        new(reader.ReadU64(), reader.ReadU256(), reader.ReadHash());

    public void Encode(BcsWriter writer)
    {
        writer.WriteU64(Nonce);
        writer.WriteU256(Balance);
        writer.WriteHash(CodeHash);
    }
}

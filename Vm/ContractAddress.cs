using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm;

/// <summary>The addresses of new contracts.</summary>
public static class ContractAddress
{
    private const byte RlpShortList = 0xC0;
    private const byte RlpShortString = 0x80;

    /// <summary>Of a creation by transaction or CREATE: Keccak-256 of RLP(creator, nonce), the last 20 bytes.</summary>
    /// <param name="creator">The account that creates.</param>
    /// <param name="nonce">Its nonce before this creation.</param>
    public static Address OfNonce(Address creator, ulong nonce)
    {
        int nonceBytes = nonce < RlpShortString ? 0 : (71 - System.Numerics.BitOperations.LeadingZeroCount(nonce)) / 8;
        Span<byte> rlp = stackalloc byte[31];
        rlp[0] = (byte)(RlpShortList + 1 + Address.Size + 1 + nonceBytes);
        rlp[1] = RlpShortString + Address.Size;
        creator.CopyTo(rlp[2..]);
        rlp[22] = (byte)(nonce == 0 ? RlpShortString : nonceBytes == 0 ? nonce : (ulong)(RlpShortString + nonceBytes));
        for (int i = 0; i < nonceBytes; i++)
        {
            rlp[23 + i] = unchecked((byte)(nonce >> (8 * (nonceBytes - 1 - i))));
        }

        return Last20(rlp[..(23 + nonceBytes)]);
    }

    /// <summary>Of CREATE2 (EIP-1014).</summary>
    public static Address OfSalt(Address creator, in UInt256 salt, ReadOnlySpan<byte> initCode)
    {
        Span<byte> preimage = stackalloc byte[85];
        preimage[0] = 0xFF;
        creator.CopyTo(preimage[1..]);
        salt.WriteBigEndian(preimage[21..]);
        Keccak256.Hash(initCode, preimage[53..]);
        return Last20(preimage);
    }

    private static Address Last20(ReadOnlySpan<byte> preimage)
    {
        Span<byte> hash = stackalloc byte[32];
        Keccak256.Hash(preimage, hash);
        return new Address(hash[12..]);
    }
}

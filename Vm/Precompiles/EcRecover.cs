using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Precompiles;

/// <summary>
/// Address 1: the Ethereum address whose secp256k1 key signed a hash. Input: hash, v (27 or 28), r, s in a word each,
/// missing bytes being zero. Output: one word, or nothing when no key gives that signature.
/// </summary>
internal sealed class EcRecover : IPrecompile
{
    private const int InputBytes = 128;

    public long GasCost(ReadOnlySpan<byte> input) => 3_000;

    public bool TryRun(ReadOnlySpan<byte> input, PrecompileOutput output)
    {
        output.Clear();
        Span<byte> padded = stackalloc byte[InputBytes];
        padded.Clear();
        input[..Math.Min(input.Length, InputBytes)].CopyTo(padded);
        bool isParity = !padded[32..63].ContainsAnyExcept((byte)0) && padded[63] is 27 or 28;
        UInt256 e = UInt256.FromBigEndian(padded[..32]);
        UInt256 r = UInt256.FromBigEndian(padded[64..96]);
        UInt256 s = UInt256.FromBigEndian(padded[96..]);
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeyBytes];
        if (isParity && Secp256k1.TryRecover(e, r, s, padded[63] == 28, key))
        {
            Span<byte> hash = stackalloc byte[32];
            Keccak256.Hash(key, hash);
            hash[12..].CopyTo(output.Take(32)[12..]);
        }

        return true;
    }
}

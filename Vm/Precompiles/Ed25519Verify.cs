using EnergyChain.Core.Crypto;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Precompiles;

/// <summary>
/// Whether an Ed25519 signature holds, by the rule of <see cref="Ed25519"/>. Input: public key (32 bytes), signature
/// (64), message (the rest). Output: one word, 1 or 0; a shorter input gives 0.
/// </summary>
internal sealed class Ed25519Verify : IPrecompile
{
    private const int MessageOffset = PublicKey.Size + Signature.Size;

    /// <summary>As ecrecover's price, which buys about the same work, and SHA-512 of the message by the word.</summary>
    public long GasCost(ReadOnlySpan<byte> input) => 3_000 + (12 * Words.Count(input.Length));

    public bool TryRun(ReadOnlySpan<byte> input, PrecompileOutput output)
    {
        Span<byte> word = output.Take(32);
        if (input.Length >= MessageOffset)
        {
            PublicKey key = new(input[..PublicKey.Size]);
            Signature signature = new(input[PublicKey.Size..MessageOffset]);
            word[31] = Ed25519.Verify(key, input[MessageOffset..], signature) ? (byte)1 : (byte)0;
        }

        return true;
    }
}

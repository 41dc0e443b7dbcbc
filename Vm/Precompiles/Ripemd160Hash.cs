using EnergyChain.Vm.Interpreter;
using Org.BouncyCastle.Crypto.Digests;

namespace EnergyChain.Vm.Precompiles;

/// <summary>Address 3: RIPEMD-160 of the input, with 12 zero bytes before it.</summary>
internal sealed class Ripemd160Hash : IPrecompile
{
    public long GasCost(ReadOnlySpan<byte> input) => 600 + (120 * Words.Count(input.Length));

    public bool TryRun(ReadOnlySpan<byte> input, PrecompileOutput output)
    {
        RipeMD160Digest digest = new();
        digest.BlockUpdate(input);
        digest.DoFinal(output.Take(32)[12..]);
        return true;
    }
}

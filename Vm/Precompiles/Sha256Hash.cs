using System.Security.Cryptography;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Precompiles;

/// <summary>Address 2: SHA-256 of the input.</summary>
internal sealed class Sha256Hash : IPrecompile
{
    public long GasCost(ReadOnlySpan<byte> input) => 60 + (12 * Words.Count(input.Length));

    public bool TryRun(ReadOnlySpan<byte> input, PrecompileOutput output)
    {
        SHA256.HashData(input, output.Take(SHA256.HashSizeInBytes));
        return true;
    }
}

using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Precompiles;

/// <summary>Address 4: the input.</summary>
internal sealed class Identity : IPrecompile
{
    public long GasCost(ReadOnlySpan<byte> input) => 15 + (3 * Words.Count(input.Length));

    public bool TryRun(ReadOnlySpan<byte> input, PrecompileOutput output)
    {
        input.CopyTo(output.Take(input.Length));
        return true;
    }
}

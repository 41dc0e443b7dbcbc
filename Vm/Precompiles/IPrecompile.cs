namespace EnergyChain.Vm.Precompiles;

/// <summary>A contract that the machine itself carries out.</summary>
internal interface IPrecompile
{
    /// <summary>
    /// What a run costs, from the input alone; <see cref="long.MaxValue"/> for more than anybody has.
    /// </summary>
    long GasCost(ReadOnlySpan<byte> input);

    /// <summary>False when the input is refused, which uses up the call's gas. It throws for no input.</summary>
    bool TryRun(ReadOnlySpan<byte> input, PrecompileOutput output);
}

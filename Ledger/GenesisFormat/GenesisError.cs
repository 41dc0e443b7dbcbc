namespace EnergyChain.Ledger.GenesisFormat;

/// <summary>The first thing wrong with a genesis file, for an operator to mend.</summary>
/// <param name="Path">Where: a JSON path such as <c>$.parameters.gasPrice</c>.</param>
/// <param name="Value">What stands there, as written; shortened where it is long; empty where nothing does.</param>
/// <param name="Allowed">What may stand there, as the end of a sentence: "a decimal number of base units".</param>
public sealed record GenesisError(string Path, string Value, string Allowed)
{
    /// <summary>One sentence.</summary>
    public override string ToString() => Value.Length == 0
        ? $"The genesis file has nothing at {Path}, which must be {Allowed}."
        : $"The genesis file has {Value} at {Path}, which must be {Allowed}.";
}

namespace EnergyChain.Ledger.GenesisFormat;

/// <summary>Keeps the first error of a file.</summary>
internal sealed class GenesisErrors
{
    public GenesisError? First { get; private set; }

    public void Add(GenesisError error) => First ??= error;
}

namespace EnergyChain.Node.Storage.Lookup;

/// <summary>A page of a run whose checksum does not hold.</summary>
internal sealed class DamagedPageException(LookupRun run, long page)
    : IOException($"{run.Path} has a damaged page, {page}.")
{
    public LookupRun Run { get; } = run;

    public long Page { get; } = page;
}

namespace EnergyChain.Benchmarks.Load;

/// <summary>A stretch of a lane that is offered in one call.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="From">The first index.</param>
/// <param name="To">The index after the last.</param>
internal sealed record OfferBatch(Lane Lane, int From, int To)
{
    public int Count => To - From;
}

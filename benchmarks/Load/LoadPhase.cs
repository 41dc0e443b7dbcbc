using System.Diagnostics;

namespace EnergyChain.Benchmarks.Load;

/// <summary>A stretch of a run that was measured.</summary>
/// <param name="First">What all had used when its first block came, whose transactions do not count.</param>
/// <param name="Last">The same at its last block.</param>
/// <param name="Feeder">Who offered.</param>
/// <param name="Series">Looks at all nodes between; null where none were asked for.</param>
internal sealed record LoadPhase(
    LoadSample First, LoadSample Last, LoadFeeder Feeder, IReadOnlyList<SeriesPoint>? Series)
{
    public double OfferedPerSecond =>
        (Last.Offered - First.Offered) / Stopwatch.GetElapsedTime(First.At, Last.At).TotalSeconds;

    /// <summary>Its blocks out of all.</summary>
    public BlockWindow WindowOf(IReadOnlyList<TrailBlock> blocks) => new(
        [.. blocks.Where(block => block.Height >= First.Height && block.Height <= Last.Height)]);
}

namespace EnergyChain.Node.Pool;

/// <summary>The bounds of an intake.</summary>
/// <param name="Workers">Threads, and so transactions that are verified at a time.</param>
/// <param name="Queue">Transactions that wait to be verified; whoever hands in more waits.</param>
internal sealed record IntakeLimits(int Workers, int Queue)
{
    /// <summary>One worker for each core.</summary>
    public static IntakeLimits Default { get; } = new(Math.Clamp(Environment.ProcessorCount, 1, 16), 8_192);
}

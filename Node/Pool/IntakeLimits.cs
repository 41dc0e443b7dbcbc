namespace EnergyChain.Node.Pool;

/// <summary>The bounds of an intake.</summary>
/// <param name="Workers">Threads, and so transactions that are verified at a time.</param>
/// <param name="Queue">Transactions of peers that wait to be verified; whoever hands in more waits.</param>
/// <param name="ClientQueue">
/// The same of clients: fewer, because nobody else knows of what waits here, and every other node takes as much.
/// </param>
internal sealed record IntakeLimits(int Workers, int Queue, int ClientQueue = IntakeLimits.DefaultClientQueue)
{
    public const int DefaultClientQueue = 1_024;

    /// <summary>One worker for each core.</summary>
    public static IntakeLimits Default { get; } = new(Math.Clamp(Environment.ProcessorCount, 1, 16), 8_192);
}

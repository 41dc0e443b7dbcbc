using System.Globalization;
using EnergyChain.Simulation.Time;

namespace EnergyChain.CrashTests.Kills;

/// <summary>Who is killed, when, and whether once more while it starts.</summary>
/// <param name="Victims">Indexes of nodes.</param>
/// <param name="AtCheckpoint">
/// Whether as soon as the first of them has a block after which it writes a checkpoint.
/// </param>
/// <param name="DelayMs">So much later.</param>
/// <param name="AgainAfterMs">So long after its start it is killed again; null for no more.</param>
internal sealed record Strike(IReadOnlyList<int> Victims, bool AtCheckpoint, int DelayMs, int? AgainAfterMs)
{
    private const int LongestDelayMs = 1_200;
    private const int LongestStartMs = 1_500;

    /// <summary>Processes that it ends.</summary>
    public int Kills => Victims.Count * (AgainAfterMs is null ? 1 : 2);

    public static Strike Draw(SeededRandom random, int nodes)
    {
        int kind = random.Below(100);
        int count = kind < 8 ? nodes : kind < 22 ? 2 : 1;
        bool atCheckpoint = random.Chance(35);
        return new Strike(
            random.Draw(Enumerable.Range(0, nodes), count),
            atCheckpoint,
            random.Below(atCheckpoint ? LongestDelayMs / 8 : LongestDelayMs),
            random.Chance(20) ? random.Below(LongestStartMs) : null);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(AtCheckpoint ? "at a checkpoint, " : "")}{DelayMs} ms later"
        + $"{(AgainAfterMs is { } ms ? $", again {ms} ms after the start" : "")}");
}

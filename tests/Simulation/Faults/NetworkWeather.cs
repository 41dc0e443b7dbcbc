using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Faults;

/// <summary>What every message meets.</summary>
/// <param name="LossPercent">0 to 30.</param>
/// <param name="DuplicationPercent">0 to 50.</param>
/// <param name="BaseDelayMs">The least one-way delay.</param>
/// <param name="JitterMs">What is added to it at random, and so reorders.</param>
/// <param name="SlowPercent">Messages that take up to ten times as long.</param>
internal sealed record NetworkWeather(
    int LossPercent, int DuplicationPercent, int BaseDelayMs, int JitterMs, int SlowPercent)
{
    private const int SlowFactor = 10;

    public static NetworkWeather Calm { get; } = new(0, 0, 5, 5, 0);

    public double DelayMs(SeededRandom random)
    {
        double delayMs = BaseDelayMs + (JitterMs > 0 ? random.Between(0, JitterMs * 1_000) / 1_000.0 : 0);
        return SlowPercent > 0 && random.Chance(SlowPercent) ? delayMs * random.Between(2, SlowFactor) : delayMs;
    }

    public override string ToString() =>
        $"loss {LossPercent} %, duplication {DuplicationPercent} %, "
        + $"delay {BaseDelayMs} to {BaseDelayMs + JitterMs} ms, "
        + $"slow {SlowPercent} %";
}

using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Consensus;

/// <summary>A machine's clock: its wall clock is off by what the test says, its monotonic one never.</summary>
internal sealed class NodeClock(FakeTimeProvider time) : TimeProvider
{
    public TimeSpan Skew { get; set; }

    /// <summary>How much the wall clock gains in a second, in microseconds.</summary>
    public int DriftPerSecondUs { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() =>
        time.GetUtcNow() + Skew + ((time.GetUtcNow() - time.Start) / 1_000_000 * DriftPerSecondUs);
}

using System.Diagnostics.Metrics;

namespace EnergyChain.Node.Consensus;

/// <summary>Figures of the consensus loop, under the meter <see cref="MeterName"/>.</summary>
public sealed class ConsensusMetrics : IDisposable
{
    public const string MeterName = "EnergyChain.Consensus";

    private readonly Meter _meter;
    private readonly Counter<long> _roundsAfterFirst;
    private readonly Counter<long> _received;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _offences;
    private readonly Histogram<double> _blockInterval;
    private readonly Histogram<double> _stage;
    private long _height;
    private long _round;
    private long _clockOffsetMs;

    public ConsensusMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _meter.CreateObservableGauge("consensus.height", () => Volatile.Read(ref _height));
        _meter.CreateObservableGauge("consensus.round", () => Volatile.Read(ref _round));
        _meter.CreateObservableGauge(
            "consensus.clock_offset",
            () => Volatile.Read(ref _clockOffsetMs),
            "ms",
            "How far the other members' clocks are ahead of ours; 0 where too few are heard");
        _roundsAfterFirst = _meter.CreateCounter<long>(
            "consensus.rounds_after_first", null, "Rounds entered after round 0");
        _received = _meter.CreateCounter<long>("consensus.messages_received");
        _dropped = _meter.CreateCounter<long>("consensus.messages_dropped");
        _offences = _meter.CreateCounter<long>("consensus.offences", null, "Double votes, double proposals and twins");
        _blockInterval = _meter.CreateHistogram<double>("consensus.block_interval", "ms", "Between header times");
        _stage = _meter.CreateHistogram<double>("consensus.stage_time", "ms", "Time in one stage of a height");
    }

    public void SetPosition(ulong height, uint round)
    {
        if (round > 0 && (long)height == Volatile.Read(ref _height) && round > Volatile.Read(ref _round))
        {
            _roundsAfterFirst.Add(round - Volatile.Read(ref _round));
        }

        Volatile.Write(ref _height, (long)height);
        Volatile.Write(ref _round, round);
    }

    public void SetClockOffset(long milliseconds) => Volatile.Write(ref _clockOffsetMs, milliseconds);

    public void Received(string kind) => _received.Add(1, Tag("kind", kind));

    public void Dropped(string reason) => _dropped.Add(1, Tag("reason", reason));

    public void Offence(string kind) => _offences.Add(1, Tag("kind", kind));

    public void BlockInterval(double milliseconds) => _blockInterval.Record(milliseconds);

    public void Stage(string stage, TimeSpan elapsed) => _stage.Record(elapsed.TotalMilliseconds, Tag("stage", stage));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}

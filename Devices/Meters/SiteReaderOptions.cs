namespace EnergyChain.Devices.Meters;

/// <summary>Settings of a <see cref="SiteReader"/>.</summary>
public sealed class SiteReaderOptions
{
    /// <summary>Seconds of a slot: a chain parameter. Slot = floor(unix seconds / this).</summary>
    public required long SlotSeconds { get; init; }

    /// <summary>
    /// Seconds of energy in a slot, for power and rating. 0 means SlotSeconds; a demo that plays an hour of data in a
    /// slot of 2 s says 3600.
    /// </summary>
    public long EnergySecondsPerSlot { get; init; }

    /// <summary>Further agreeing readings before a fallen or jumped counter is taken as it is.</summary>
    public int Confirmations { get; init; } = 3;

    /// <summary>Time between those readings.</summary>
    public TimeSpan ConfirmationDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Readings of a latch that has not yet closed the asked interval, before it counts as stale.</summary>
    public int LatchAttempts { get; init; } = 5;

    /// <summary>Time between those readings.</summary>
    public TimeSpan LatchRetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long before the end of a slot a device without a latch is read for the near side of the edge.
    /// </summary>
    public TimeSpan BracketLead { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How far the time of a live reading may be off.</summary>
    public TimeSpan SampleTolerance { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Shortest time without a step after which counters can count as stale.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(60);

    internal long EffectiveEnergySeconds => EnergySecondsPerSlot == 0 ? SlotSeconds : EnergySecondsPerSlot;

    internal long SlotMilliseconds => SlotSeconds * 1000;

    /// <summary>Throws when a value is out of range, naming the option, its value and what is allowed.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Validate()
    {
        Require(SlotSeconds is > 0 and <= 86_400, nameof(SlotSeconds), SlotSeconds, "1 to 86400");
        Require(
            EnergySecondsPerSlot is >= 0 and <= 86_400,
            nameof(EnergySecondsPerSlot),
            EnergySecondsPerSlot,
            "0 to 86400");
        Require(Confirmations is >= 1 and <= 20, nameof(Confirmations), Confirmations, "1 to 20");
        Require(LatchAttempts is >= 1 and <= 100, nameof(LatchAttempts), LatchAttempts, "1 to 100");
        RequireTime(ConfirmationDelay, nameof(ConfirmationDelay));
        RequireTime(LatchRetryDelay, nameof(LatchRetryDelay));
        RequireTime(BracketLead, nameof(BracketLead));
        RequireTime(SampleTolerance, nameof(SampleTolerance));
        RequireTime(StaleAfter, nameof(StaleAfter));
    }

    private static void RequireTime(TimeSpan value, string option) =>
        Require(value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1), option, value, "zero to one day");

    private static void Require(bool condition, string option, object value, string allowed)
    {
        if (!condition)
        {
            throw new ArgumentException($"Site reader option {option} is '{value}'; allowed is {allowed}.");
        }
    }
}

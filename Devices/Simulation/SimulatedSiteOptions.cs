using System.Net;

namespace EnergyChain.Devices.Simulation;

/// <summary>Settings of a <see cref="SimulatedSite"/>.</summary>
public sealed class SimulatedSiteOptions
{
    /// <summary>Seconds of a slot. Slot = floor(unix seconds / this).</summary>
    public required long SlotSeconds { get; init; }

    /// <summary>Seconds of energy in a row of the profile, for powers in W.</summary>
    public long EnergySecondsPerSlot { get; init; } = 3600;

    /// <summary>
    /// The slot in which the profile's <see cref="FirstRow"/> happens; before it the site stands still.
    /// </summary>
    public required long FirstSlot { get; init; }

    /// <summary>Row of the profile in the first slot.</summary>
    public long FirstRow { get; init; }

    /// <summary>Address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port, or 0 for one that the system picks.</summary>
    public int Port { get; init; }

    /// <summary>State of charge at the start, 0 to 1000.</summary>
    public int InitialStateOfChargePermille { get; init; }

    /// <summary>
    /// What the counters show at the start; more than 0, for in SunSpec 0 means that nothing is counted.
    /// </summary>
    public long InitialCounterWh { get; init; } = 1_000_000;

    /// <summary>False leaves the vendor model 'interval latch' out, as most devices on the market do.</summary>
    public bool OffersLatch { get; init; } = true;

    /// <summary>Intervals that the latch keeps, 4 to 8.</summary>
    public int LatchedIntervals { get; init; } = 8;

    public string Manufacturer { get; init; } = "EnergyChain";

    /// <summary>Rated power of the grid connection, for readers.</summary>
    public long GridRatedW { get; init; } = 17_250;

    /// <summary>A connection without a request for this long is closed.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Throws when a value is out of range, naming the option, its value and what is allowed.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Validate()
    {
        Require(SlotSeconds is > 0 and <= 86_400, nameof(SlotSeconds), SlotSeconds, "1 to 86400");
        Require(
            EnergySecondsPerSlot is > 0 and <= 86_400,
            nameof(EnergySecondsPerSlot),
            EnergySecondsPerSlot,
            "1 to 86400");
        Require(FirstSlot > LatchedIntervals, nameof(FirstSlot), FirstSlot, "more than LatchedIntervals");
        Require(FirstRow >= 0, nameof(FirstRow), FirstRow, "0 or more");
        Require(
            InitialStateOfChargePermille is >= 0 and <= 1000,
            nameof(InitialStateOfChargePermille),
            InitialStateOfChargePermille,
            "0 to 1000");
        Require(
            InitialCounterWh is > 0 and <= 1_000_000_000_000,
            nameof(InitialCounterWh),
            InitialCounterWh,
            "1 to 10^12");
        Require(LatchedIntervals is >= 4 and <= 8, nameof(LatchedIntervals), LatchedIntervals, "4 to 8");
        Require(GridRatedW > 0, nameof(GridRatedW), GridRatedW, "more than 0");
    }

    private static void Require(bool condition, string option, object value, string allowed)
    {
        if (!condition)
        {
            throw new ArgumentException($"Simulated site option {option} is '{value}'; allowed is {allowed}.");
        }
    }
}

namespace EnergyChain.Devices.Meters;

/// <summary>What a <see cref="CounterGuard"/> makes of a reading.</summary>
public enum CounterVerdict
{
    /// <summary>The first reading: it becomes the base.</summary>
    First,

    /// <summary>Continues the last one; its step is counted.</summary>
    Accepted,

    /// <summary>Below the last one and no rollover: not counted, and not a new base before it is confirmed.</summary>
    SuspectedReset,

    /// <summary>Further above the last one than rated power x time: likewise.</summary>
    SuspectedJump,

    /// <summary>
    /// The discontinuity was confirmed: counting goes on from here, and nothing is counted for the gap.
    /// </summary>
    Rebased,
}

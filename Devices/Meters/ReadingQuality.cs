namespace EnergyChain.Devices.Meters;

/// <summary>How good an interval reading is.</summary>
public enum ReadingQuality
{
    /// <summary>Every device latched both ends of the slot: exact to the Wh.</summary>
    Exact,

    /// <summary>
    /// At least one edge lies on the line between two readings; the reading says how far it can be off.
    /// </summary>
    Interpolated,

    /// <summary>All values are there, but consumption comes out negative: two meters disagree.</summary>
    Inconsistent,

    /// <summary>At least one device has no value for the slot; nothing is guessed.</summary>
    Missing,
}

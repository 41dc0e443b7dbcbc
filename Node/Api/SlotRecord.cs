using EnergyChain.Devices.Meters;

namespace EnergyChain.Node.Api;

/// <summary>Where the record of a slot stands. Immutable.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Quality">How good its reading is.</param>
/// <param name="UncertaintyWh">The most that an energy of it can be off.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it is not accepted, in a sentence; else empty.</param>
/// <param name="SinceMs">When it came into this state, in milliseconds since 1970.</param>
public sealed record SlotRecord(
    long Slot, ReadingQuality Quality, long UncertaintyWh, SlotRecordState State, string Reason, ulong SinceMs);

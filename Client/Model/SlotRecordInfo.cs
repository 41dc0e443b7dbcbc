using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>Where the record of a slot stands.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Quality">exact, interpolated, inconsistent or missing.</param>
/// <param name="UncertaintyWh">The most that an energy of it can be off.</param>
/// <param name="State">missing, waiting, refused (for now), accepted, failed or given up.</param>
/// <param name="Reason">Why it is not accepted, in a sentence; else empty.</param>
/// <param name="Since">When it came into this state.</param>
public sealed record SlotRecordInfo(
    ulong Slot, string Quality, ulong UncertaintyWh, string State, string Reason, BlockTime Since);

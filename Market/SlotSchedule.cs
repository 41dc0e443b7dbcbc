namespace EnergyChain.Market;

/// <summary>The times of a slot, all in unix seconds of the chain's clock.</summary>
/// <param name="SlotSeconds">Length of a slot, above 0.</param>
/// <param name="GateLeadSeconds">How long before its start a slot's orders close.</param>
/// <param name="ReportWindowSeconds">How long after its end a slot's records count.</param>
public sealed record SlotSchedule(ulong SlotSeconds, ulong GateLeadSeconds, ulong ReportWindowSeconds)
{
    public Slot At(ulong unixSeconds) => new(unixSeconds / SlotSeconds);

    public ulong Start(Slot slot) => checked(slot.Number * SlotSeconds);

    public ulong End(Slot slot) => checked(Start(slot) + SlotSeconds);

    /// <summary>From here on the slot takes no orders and can be cleared.</summary>
    public ulong GateClosure(Slot slot) => Start(slot) > GateLeadSeconds ? Start(slot) - GateLeadSeconds : 0;

    /// <summary>From here on records no longer count and the slot can be settled.</summary>
    public ulong ReportDeadline(Slot slot) => checked(End(slot) + ReportWindowSeconds);

    public bool IsGateOpen(Slot slot, ulong nowSeconds) => nowSeconds < GateClosure(slot);

    public bool HasEnded(Slot slot, ulong nowSeconds) => nowSeconds >= End(slot);

    public bool IsReportWindowOver(Slot slot, ulong nowSeconds) => nowSeconds >= ReportDeadline(slot);

    /// <summary>The first slot that still takes orders.</summary>
    public Slot FirstOpen(ulong nowSeconds) => At(checked(nowSeconds + GateLeadSeconds)).Next;
}

namespace EnergyChain.Market.Model;

/// <summary>What a device measured in a slot; counters are lifetime registers at slot end.</summary>
public sealed record DeviceRecord(
    Slot Slot,
    WattHours Imported,
    WattHours Exported,
    WattHours Produced,
    WattHours Consumed,
    WattHours ImportCounter,
    WattHours ExportCounter,
    WattHours ProductionCounter,
    ulong Sequence);

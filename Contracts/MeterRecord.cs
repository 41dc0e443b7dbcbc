using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts;

/// <summary>What a device measured in a slot. Energy in Wh; counters are lifetime registers at slot end.</summary>
/// <param name="Slot">The slot, ended.</param>
/// <param name="ImportedWh">Taken from the grid.</param>
/// <param name="ExportedWh">Fed into the grid.</param>
/// <param name="ProducedWh">Produced by the source that the device is registered with.</param>
/// <param name="ConsumedWh">Used by the site's loads.</param>
/// <param name="SocWh">Energy in the battery at slot end.</param>
/// <param name="ImportCounterWh">Lifetime import.</param>
/// <param name="ExportCounterWh">Lifetime export.</param>
/// <param name="ProductionCounterWh">Lifetime production.</param>
/// <param name="Sequence">Above that of the device's last accepted record.</param>
/// <param name="ReadingsHash">Salted hash of the raw readings, which stay on site.</param>
public sealed record MeterRecord(
    ulong Slot,
    ulong ImportedWh,
    ulong ExportedWh,
    ulong ProducedWh,
    ulong ConsumedWh,
    ulong SocWh,
    ulong ImportCounterWh,
    ulong ExportCounterWh,
    ulong ProductionCounterWh,
    ulong Sequence,
    Hash32 ReadingsHash)
{
    internal static MeterRecord Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new MeterRecord(
            v[0].AsUInt64,
            v[1].AsUInt64,
            v[2].AsUInt64,
            v[3].AsUInt64,
            v[4].AsUInt64,
            v[5].AsUInt64,
            v[6].AsUInt64,
            v[7].AsUInt64,
            v[8].AsUInt64,
            v[9].AsUInt64,
            v[10].AsHash32);
    }

    internal AbiValue ToAbi() => new AbiValue[]
    {
        Slot,
        ImportedWh,
        ExportedWh,
        ProducedWh,
        ConsumedWh,
        SocWh,
        ImportCounterWh,
        ExportCounterWh,
        ProductionCounterWh,
        Sequence,
        ReadingsHash,
    };
}

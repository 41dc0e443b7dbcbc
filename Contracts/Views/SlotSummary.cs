using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Views;

/// <summary>A slot at a glance. Times in unix seconds, energy in Wh, prices in base units per kWh.</summary>
public sealed record SlotSummary(
    SlotPhase Phase,
    bool IsReportWindowOver,
    ulong OpenOrders,
    ulong Trades,
    ulong Sites,
    UInt256 ClearingPricePerKwh,
    ulong ClearedWh,
    SlotTariff Tariff,
    ulong GateClosure,
    ulong SlotStart,
    ulong SlotEnd,
    ulong ReportDeadline)
{
    internal static SlotSummary Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new SlotSummary(
            (SlotPhase)v[0].AsByte,
            v[1].AsBool,
            v[2].AsUInt64,
            v[3].AsUInt64,
            v[4].AsUInt64,
            v[5].AsUInt256,
            v[6].AsUInt64,
            SlotTariff.Read(v[7]),
            v[8].AsUInt64,
            v[9].AsUInt64,
            v[10].AsUInt64,
            v[11].AsUInt64);
    }
}

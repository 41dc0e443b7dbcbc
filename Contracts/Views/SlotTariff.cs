using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Views;

/// <summary>Tariffs of a slot in base units per kWh; zero where none is published.</summary>
public sealed record SlotTariff(UInt256 RetailPerKwh, UInt256 FeedInPerKwh, bool IsPublished)
{
    internal static SlotTariff Read(AbiValue value) =>
        new(value.Items[0].AsUInt256, value.Items[1].AsUInt256, value.Items[2].AsBool);
}

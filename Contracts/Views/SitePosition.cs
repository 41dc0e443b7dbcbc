using EnergyChain.Contracts.Abi;

namespace EnergyChain.Contracts.Views;

/// <summary>What a site has in an unsettled slot.</summary>
/// <param name="IsListed">Whether it has or had an order or trade there.</param>
/// <param name="OpenOrders">Open orders and offers.</param>
/// <param name="AcceptedOffers">Direct trades in which it buys.</param>
/// <param name="SoldOffers">Direct trades in which it sells.</param>
/// <param name="ExportedWh">Metered export reported in time.</param>
public sealed record SitePosition(
    bool IsListed,
    uint OpenOrders,
    uint AcceptedOffers,
    uint SoldOffers,
    ulong ExportedWh)
{
    internal static SitePosition Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new SitePosition(v[0].AsBool, v[2].AsUInt32, v[3].AsUInt32, v[4].AsUInt32, v[5].AsUInt64);
    }
}

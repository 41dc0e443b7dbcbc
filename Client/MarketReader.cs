using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client;

/// <summary>Asks the market and the registry through a node.</summary>
public sealed class MarketReader(INodeClient node)
{
    /// <summary>Sites that a search for an account's site looks at.</summary>
    public const uint MaxSearchedSites = 256;

    private const ulong PageSize = 64;

    public Task<MarketParameters> GetParametersAsync(CancellationToken cancellationToken) =>
        QueryAsync(EnergyMarketContract.Address, EnergyMarketContract.Parameters(), cancellationToken);

    public Task<SlotSummary> GetSummaryAsync(ulong slot, CancellationToken cancellationToken) =>
        QueryAsync(EnergyMarketContract.Address, EnergyMarketContract.SummaryOf(slot), cancellationToken);

    /// <summary>The open order or offer; null where it is not open.</summary>
    public async Task<MarketOrder?> FindOrderAsync(ulong id, CancellationToken cancellationToken)
    {
        MarketOrder order = await QueryAsync(
            EnergyMarketContract.Address, EnergyMarketContract.OrderOf(id), cancellationToken);
        return order.Kind == OrderKind.None ? null : order;
    }

    /// <summary>All open orders and offers of a slot, by id.</summary>
    public async Task<IReadOnlyList<MarketOrder>> GetBookAsync(ulong slot, CancellationToken cancellationToken)
    {
        List<MarketOrder> orders = [];
        for (ulong offset = 0; offset < MarketLimits.MaxOrdersPerSlot; offset += PageSize)
        {
            IReadOnlyList<MarketOrder> page = await QueryAsync(
                EnergyMarketContract.Address,
                EnergyMarketContract.OpenOrders(slot, offset, PageSize),
                cancellationToken);
            orders.AddRange(page);
            if (page.Count < (int)PageSize)
            {
                break;
            }
        }

        return [.. orders.OrderBy(order => order.Id)];
    }

    /// <summary>The account that trades for a site; zero for an unknown one.</summary>
    public Task<Address> GetSiteAccountAsync(uint site, CancellationToken cancellationToken) =>
        QueryAsync(MeterRegistryContract.Address, MeterRegistryContract.SiteAccount(site), cancellationToken);

    /// <summary>The first site from 1 on that the account trades for; null where none of the first 256 is.</summary>
    public async Task<uint?> FindSiteAsync(Address account, CancellationToken cancellationToken)
    {
        for (uint site = 1; site <= MaxSearchedSites; site++)
        {
            if (await GetSiteAccountAsync(site, cancellationToken) == account)
            {
                return site;
            }
        }

        return null;
    }

    /// <summary>Runs a view call; throws <see cref="CallRevertedException"/> where the contract refuses.</summary>
    public Task<T> QueryAsync<T>(Address contract, ContractQuery<T> query, CancellationToken cancellationToken) =>
        node.QueryAsync(contract, query, cancellationToken);
}

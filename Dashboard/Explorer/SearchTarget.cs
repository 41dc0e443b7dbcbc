using System.Globalization;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Dashboard.Explorer;

/// <summary>What somebody searches for.</summary>
public static class SearchTarget
{
    private static readonly string[] Named = ["block", "order", "trade", "slot", "site"];

    /// <summary>
    /// Everything that an id names: a number may be that of a block, an order, a trade, a slot and a site at once.
    /// </summary>
    public static async Task<IReadOnlyList<SearchHit>> FindAsync(
        INodeClient node, string text, CancellationToken cancellationToken)
    {
        string id = text.Trim();
        if (Address.TryParse(id, out Address address))
        {
            return [await OfAddressAsync(node, address, cancellationToken)];
        }

        if (Hash32.TryParse(id, out Hash32 hash))
        {
            return await OfHashAsync(node, hash, cancellationToken);
        }

        string[] words = id.Split([' ', '#', ':', '/'], StringSplitOptions.RemoveEmptyEntries);
        string digits = words.Length == 0 ? "" : words[^1].Replace(",", "", StringComparison.Ordinal);
        if (!ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
        {
            return [];
        }

        return words.Length switch
        {
            1 => await OfNumberAsync(node, number, Named, cancellationToken),
            2 => await OfNumberAsync(
                node,
                number,
                [.. Named.Where(name => name.Equals(words[0].TrimEnd('s'), StringComparison.OrdinalIgnoreCase))],
                cancellationToken),
            _ => [],
        };
    }

    private static async Task<SearchHit> OfAddressAsync(
        INodeClient node, Address address, CancellationToken cancellationToken) =>
        await DeviceQueries.FindAsync(node, address, cancellationToken) is null
            ? new SearchHit("Account", "", $"/explorer/account/{address}")
            : new SearchHit("Device", "", $"/explorer/device/{address}");

    private static async Task<IReadOnlyList<SearchHit>> OfHashAsync(
        INodeClient node, Hash32 hash, CancellationToken cancellationToken)
    {
        TransactionInfo transaction = await node.GetTransactionAsync(hash, cancellationToken);
        if (transaction.State != TransactionState.Unknown)
        {
            return [new SearchHit("Transaction", "", $"/explorer/tx/{hash}")];
        }

        BlockInfo? block = await OrNullAsync(() => node.GetBlockAsync(hash, cancellationToken));
        return block is null
            ? []
            : [new SearchHit("Block", block.Height.ToString(), $"/explorer/block/{block.Height}")];
    }

    private static async Task<IReadOnlyList<SearchHit>> OfNumberAsync(
        INodeClient node, ulong number, IReadOnlyCollection<string> kinds, CancellationToken cancellationToken)
    {
        SearchHit?[] hits = await Task.WhenAll(kinds.Select(kind => kind switch
        {
            "block" => HitAsync("Block", number, () => node.GetBlockAsync(new Height(number), cancellationToken)),
            "order" => HitAsync("Order", number, () => MarketQueries.FindOrderAsync(node, number, cancellationToken)),
            "trade" => HitAsync("Trade", number, () => MarketQueries.FindTradeAsync(node, number, cancellationToken)),
            "slot" => HitAsync("Slot", number, () => node.GetSlotAsync(number, cancellationToken)),
            _ => SiteAsync(node, number, cancellationToken),
        }));
        return [.. hits.OfType<SearchHit>()];
    }

    private static async Task<SearchHit?> HitAsync<T>(string kind, ulong number, Func<Task<T>> find) =>
        await OrNullAsync(find) is null
            ? null
            : new SearchHit(
                kind,
                number.ToString(CultureInfo.InvariantCulture),
                $"/explorer/{kind.ToLowerInvariant()}/{number}");

    private static async Task<SearchHit?> SiteAsync(INodeClient node, ulong number, CancellationToken cancellationToken)
    {
        if (number is 0 or > uint.MaxValue)
        {
            return null;
        }

        Address account = await OrNullAsync(() => node.QueryAsync(
            MeterRegistryContract.Address, MeterRegistryContract.SiteAccount((uint)number), cancellationToken));
        return account == Address.Zero
            ? null
            : new SearchHit("Site", number.ToString(CultureInfo.InvariantCulture), $"/explorer/account/{account}");
    }

    // What the node does not have or keep is no hit; a node that does not answer is an error.
    private static async Task<T?> OrNullAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (NodeClientException error) when (error.Error
            is NodeClientError.NotFound or NodeClientError.NotKept or NodeClientError.InvalidRequest
            or NodeClientError.BadAnswer)
        {
            return default;
        }
        catch (CallRevertedException)
        {
            return default;
        }
    }
}

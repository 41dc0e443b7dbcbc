using System.Globalization;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Dashboard.Explorer;

/// <summary>Where what somebody searches for is shown.</summary>
public static class SearchTarget
{
    /// <summary>The page of an id of any kind; null where it is none, or nothing has it.</summary>
    public static async Task<string?> FindAsync(INodeClient node, string text, CancellationToken cancellationToken)
    {
        string id = text.Trim();
        string digits = id.Replace(",", "", StringComparison.Ordinal);
        if (ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong height))
        {
            return $"/explorer/block/{height}";
        }

        if (Address.TryParse(id, out Address address))
        {
            return $"/explorer/account/{address}";
        }

        if (!Hash32.TryParse(id, out Hash32 hash))
        {
            return null;
        }

        TransactionInfo transaction = await node.GetTransactionAsync(hash, cancellationToken);
        if (transaction.State != TransactionState.Unknown)
        {
            return $"/explorer/tx/{hash}";
        }

        try
        {
            BlockInfo block = await node.GetBlockAsync(hash, cancellationToken);
            return $"/explorer/block/{block.Height}";
        }
        catch (NodeClientException error) when (error.Error == NodeClientError.NotFound)
        {
            return null;
        }
    }
}

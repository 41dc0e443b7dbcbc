using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using EnergyChain.Processes.Nodes;

namespace EnergyChain.CrashTests.Kills;

/// <summary>All that a node's history index says.</summary>
/// <param name="Rows">Every row of every list, as text to be compared.</param>
/// <param name="Transactions">The ids among them.</param>
internal sealed record IndexAnswers(IReadOnlyList<string> Rows, IReadOnlySet<Hash32> Transactions)
{
    private const uint PageSize = 200;

    public static async Task<IndexAnswers> ReadAsync(LabNode node, CancellationToken cancellation)
    {
        INodeClient client = node.Client;
        List<string> rows = [];
        HashSet<Hash32> ids = [];
        await AddAsync(rows, client.ListOrdersAsync, new HistoryQuery(), cancellation);
        await AddAsync(rows, client.ListTradesAsync, new HistoryQuery(), cancellation);
        await AddAsync(rows, client.ListReadingsAsync, new HistoryQuery(), cancellation);
        for (int sender = 1; sender <= KillNetwork.Senders; sender++)
        {
            using Core.Crypto.SigningKey key = TransferLoad.KeyOf(sender);
            HistoryQuery query = new() { Account = key.Address };
            foreach (TransferInfo row in await AddAsync(rows, client.ListTransactionsAsync, query, cancellation))
            {
                ids.Add(row.Id);
            }
        }

        return new IndexAnswers(rows, ids);
    }

    private static async Task<IReadOnlyList<T>> AddAsync<T>(
        List<string> rows,
        Func<HistoryQuery, CancellationToken, Task<PageOf<T>>> list,
        HistoryQuery query,
        CancellationToken cancellation)
    {
        List<T> found = [];
        string token = string.Empty;
        do
        {
            PageOf<T> page = await list(query with { PageSize = PageSize, PageToken = token }, cancellation);
            found.AddRange(page.Rows);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        rows.AddRange(found.Select(static row => row!.ToString()!));
        return found;
    }
}

using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Live;

namespace EnergyChain.Dashboard.Explorer;

/// <summary>Questions for transactions.</summary>
public static class TransactionQueries
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A transaction, asked for again until it is final.</summary>
    public static LiveQuery<TransactionInfo> Of(Hash32 id) =>
        new($"tx/{id}", (node, stop) => node.GetTransactionAsync(id, stop), Every)
        {
            IsFinal = static transaction => transaction.State == TransactionState.Final,
        };
}

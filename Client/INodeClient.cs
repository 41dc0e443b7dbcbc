using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client;

/// <summary>
/// A node as its users see it. Calls that get no answer throw <see cref="NodeClientException"/>; a refused
/// transaction is an answer. Thread-safe.
/// </summary>
public interface INodeClient : IProofClient
{
    Task<NodeStatusInfo> GetStatusAsync(CancellationToken cancellationToken);

    Task<PageOf<PeerInfo>> ListPeersAsync(string pageToken, CancellationToken cancellationToken);

    Task<ChainInfo> GetChainAsync(CancellationToken cancellationToken);

    /// <summary>Hands in a transaction. Retrying is safe: its id makes it one transaction.</summary>
    Task<SubmitResult> SubmitAsync(Transaction transaction, CancellationToken cancellationToken);

    Task<AccountInfo> GetAccountAsync(Address address, CancellationToken cancellationToken);

    /// <summary>The block at a height; null for the head.</summary>
    Task<BlockInfo> GetBlockAsync(Height? height, CancellationToken cancellationToken);

    Task<BlockInfo> GetBlockAsync(Hash32 hash, CancellationToken cancellationToken);

    Task<TransactionInfo> GetTransactionAsync(Hash32 id, CancellationToken cancellationToken);

    /// <summary>Returns when it is final, or with its state when the time (at most 120 s) is over.</summary>
    Task<TransactionInfo> WaitForTransactionAsync(Hash32 id, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Runs a message against the state after the head.</summary>
    Task<CallResult> CallAsync(CallMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// What a final transaction did. The node runs it again, which it can do for those of recent blocks only.
    /// </summary>
    Task<TraceInfo> TraceTransactionAsync(Hash32 id, CancellationToken cancellationToken);

    /// <summary>What a message would do on the state after the head.</summary>
    Task<TraceInfo> TraceCallAsync(CallMessage message, CancellationToken cancellationToken);

    /// <summary>The code of a contract.</summary>
    Task<CodeInfo> GetCodeAsync(Address address, CancellationToken cancellationToken);

    Task<PageOf<TransferInfo>> ListTransactionsAsync(HistoryQuery query, CancellationToken cancellationToken);

    Task<PageOf<OrderInfo>> ListOrdersAsync(HistoryQuery query, CancellationToken cancellationToken);

    Task<PageOf<TradeInfo>> ListTradesAsync(HistoryQuery query, CancellationToken cancellationToken);

    Task<PageOf<ReadingInfo>> ListReadingsAsync(HistoryQuery query, CancellationToken cancellationToken);

    Task<SlotInfo> GetSlotAsync(ulong slot, CancellationToken cancellationToken);

    Task<PageOf<SiteInfo>> ListSitesAsync(string pageToken, CancellationToken cancellationToken);

    Task<SiteInfo> GetSiteAsync(uint site, CancellationToken cancellationToken);

    /// <summary>Final blocks in order from a height (null: the next one) until cancelled.</summary>
    IAsyncEnumerable<BlockInfo> StreamBlocksAsync(Height? from, CancellationToken cancellationToken);
}

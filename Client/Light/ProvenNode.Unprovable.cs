using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Client.Light;

/// <content>What no header commits to, and the proofs themselves.</content>
public sealed partial class ProvenNode
{
    private const string History =
        "The history is a node's own index: no header says that it is complete. Prove single transactions with their "
        + "receipts, or what is open with a call.";

    private const string Site = "What a site shows live is on no chain: ask its own node, and believe that one.";

    private const string Trace =
        "A trace is a node's account of what ran; its outcome can be proven by the transaction's receipt.";

    public Task<PageOf<PeerInfo>> ListPeersAsync(string pageToken, CancellationToken cancellationToken) =>
        Refuse<PageOf<PeerInfo>>("Whom a node is linked to is on no chain.");

    public Task<TraceInfo> TraceTransactionAsync(Hash32 id, CancellationToken cancellationToken) =>
        Refuse<TraceInfo>(Trace);

    public Task<TraceInfo> TraceCallAsync(CallMessage message, CancellationToken cancellationToken) =>
        Refuse<TraceInfo>(Trace);

    public Task<PageOf<TransferInfo>> ListTransactionsAsync(
        HistoryQuery query, CancellationToken cancellationToken) => Refuse<PageOf<TransferInfo>>(History);

    public Task<PageOf<OrderInfo>> ListOrdersAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        Refuse<PageOf<OrderInfo>>(History);

    public Task<PageOf<TradeInfo>> ListTradesAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        Refuse<PageOf<TradeInfo>>(History);

    public Task<PageOf<ReadingInfo>> ListReadingsAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        Refuse<PageOf<ReadingInfo>>(History);

    public Task<SlotInfo> GetSlotAsync(ulong slot, CancellationToken cancellationToken) => Refuse<SlotInfo>(History);

    public Task<PageOf<SiteInfo>> ListSitesAsync(string pageToken, CancellationToken cancellationToken) =>
        Refuse<PageOf<SiteInfo>>(Site);

    public Task<SiteInfo> GetSiteAsync(uint site, CancellationToken cancellationToken) => Refuse<SiteInfo>(Site);

    public IAsyncEnumerable<BlockInfo> StreamBlocksAsync(Height? from, CancellationToken cancellationToken) =>
        throw new UnprovableException("A stream of blocks is not proven; ask for each block.");

    public Task<CertifiedHeader> GetHeaderAsync(Height? height, CancellationToken cancellationToken) =>
        node.GetHeaderAsync(height, cancellationToken);

    public Task<IReadOnlyList<TermLink>> GetTermLinksAsync(Height from, CancellationToken cancellationToken) =>
        node.GetTermLinksAsync(from, cancellationToken);

    public Task<GenesisPart> GetGenesisPartAsync(ulong offset, CancellationToken cancellationToken) =>
        node.GetGenesisPartAsync(offset, cancellationToken);

    public Task<StateWitness> GetProofAsync(
        IReadOnlyList<ProofQuery> queries, CancellationToken cancellationToken) =>
        node.GetProofAsync(queries, cancellationToken);

    public Task<StateWitness> GetCallProofAsync(CallMessage message, CancellationToken cancellationToken) =>
        node.GetCallProofAsync(message, cancellationToken);

    public Task<TransactionProof> GetTransactionProofAsync(Hash32 id, CancellationToken cancellationToken) =>
        node.GetTransactionProofAsync(id, cancellationToken);

    private static Task<T> Refuse<T>(string why) =>
        Task.FromException<T>(new UnprovableException($"This cannot be proven. {why}"));
}

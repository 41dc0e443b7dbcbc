using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Dashboard.Tests;

/// <summary>A node whose answers the test sets.</summary>
internal sealed partial class FakeNode : INodeClient
{
    public Channel<BlockInfo> Blocks { get; } = Channel.CreateUnbounded<BlockInfo>();

    public ulong ChainId { get; set; } = 7;

    public Hash32 Genesis { get; set; } = Blake2b.Hash("genesis"u8);

    public NodeClientException? Failure { get; set; }

    public IReadOnlyList<SiteInfo> Sites { get; set; } = [];

    /// <summary>Sites of a page of them.</summary>
    public int SitesAtOnce { get; init; } = 100;

    public Func<Hash32, TransactionInfo> Transaction { get; set; } =
        static id => new TransactionInfo(id, TransactionState.Unknown, null, null);

    /// <summary>Answers for transactions that come when the test says; null for <see cref="Transaction"/>.</summary>
    public Func<Hash32, Task<TransactionInfo>>? SlowTransaction { get; set; }

    public int Calls { get; private set; }

    public ulong Height { get; set; } = 10;

    public static BlockInfo Block(ulong height, int transactions = 0) => new()
    {
        Height = new Height(height),
        Hash = Blake2b.Hash(BitConverter.GetBytes(height)),
        Time = new BlockTime(1_780_000_000_000 + (height * 1000)),
        ParentHash = Hash32.Zero,
        ParentStateRoot = Hash32.Zero,
        Proposer = Address.FromNumber(9),
        CommitRound = 0,
        CommitSignatures = 4,
        Evidence = 0,
        GasUsed = new Gas(21_000),
        TransactionIds = [.. Enumerable.Range(0, transactions).Select(i => Blake2b.Hash(BitConverter.GetBytes(i)))],
    };

    public Task<ChainInfo> GetChainAsync(CancellationToken cancellationToken) => Answer(new ChainInfo(
        new ChainId(ChainId), Genesis, TimeSpan.FromSeconds(1), new Gas(10_000_000), UInt256.One, 100, []));

    public Task<NodeStatusInfo> GetStatusAsync(CancellationToken cancellationToken) => Answer(new NodeStatusInfo
    {
        Version = "1",
        Name = "node-a",
        Role = "relay",
        ChainId = new ChainId(ChainId),
        GenesisHash = Genesis,
        Height = new Height(Height),
        HeadHash = Hash32.Zero,
        HeadTime = new BlockTime(1_780_000_000_000),
        StateRoot = Hash32.Zero,
        Peers = 3,
        PoolTransactions = 0,
        PoolBytes = 0,
        IsSyncing = false,
        BestKnownHeight = new Height(Height),
        HasIndex = true,
        CouncilSize = 4,
        SiteFaults = [],
    });

    public Task<PageOf<SiteInfo>> ListSitesAsync(string pageToken, CancellationToken cancellationToken) =>
        Answer(SitesFrom(pageToken.Length == 0 ? 0 : int.Parse(pageToken, CultureInfo.InvariantCulture)));

    public Task<TransactionInfo> GetTransactionAsync(Hash32 id, CancellationToken cancellationToken) =>
        SlowTransaction?.Invoke(id) ?? Answer(Transaction(id));

    public Task<BlockInfo> GetBlockAsync(Height? height, CancellationToken cancellationToken) =>
        height is { } at && at.Value > Height
            ? throw new NodeClientException(NodeClientError.NotFound, "There is no such block.")
            : Answer(Block(height?.Value ?? Height));

    public async IAsyncEnumerable<BlockInfo> StreamBlocksAsync(
        Height? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlockInfo block in Blocks.Reader.ReadAllAsync(cancellationToken))
        {
            yield return block;
        }
    }

    public Task<PageOf<PeerInfo>> ListPeersAsync(string pageToken, CancellationToken cancellationToken) =>
        None<PageOf<PeerInfo>>();

    public Task<BlockInfo> GetBlockAsync(Hash32 hash, CancellationToken cancellationToken) => None<BlockInfo>();

    public Task<TraceInfo> TraceTransactionAsync(Hash32 id, CancellationToken cancellationToken) => None<TraceInfo>();

    public Task<TraceInfo> TraceCallAsync(CallMessage message, CancellationToken cancellationToken) =>
        None<TraceInfo>();

    public Task<CodeInfo> GetCodeAsync(Address address, CancellationToken cancellationToken) => None<CodeInfo>();

    public Task<PageOf<TransferInfo>> ListTransactionsAsync(
        HistoryQuery query, CancellationToken cancellationToken) => Answer(new PageOf<TransferInfo>([], ""));

    public Task<SlotInfo> GetSlotAsync(ulong slot, CancellationToken cancellationToken) => None<SlotInfo>();

    public Task<SiteInfo> GetSiteAsync(uint site, CancellationToken cancellationToken) => None<SiteInfo>();

    public Task<CertifiedHeader> GetHeaderAsync(Height? height, CancellationToken cancellationToken) =>
        None<CertifiedHeader>();

    public Task<IReadOnlyList<TermLink>> GetTermLinksAsync(Height from, CancellationToken cancellationToken) =>
        None<IReadOnlyList<TermLink>>();

    public Task<GenesisPart> GetGenesisPartAsync(ulong offset, CancellationToken cancellationToken) =>
        None<GenesisPart>();

    public Task<StateWitness> GetProofAsync(
        IReadOnlyList<ProofQuery> queries, CancellationToken cancellationToken) => None<StateWitness>();

    public Task<StateWitness> GetCallProofAsync(CallMessage message, CancellationToken cancellationToken) =>
        None<StateWitness>();

    public Task<TransactionProof> GetTransactionProofAsync(Hash32 id, CancellationToken cancellationToken) =>
        None<TransactionProof>();

    private PageOf<SiteInfo> SitesFrom(int first)
    {
        int next = Math.Min(first + SitesAtOnce, Sites.Count);
        return new PageOf<SiteInfo>(
            [.. Sites.Take(new Range(first, next))],
            next < Sites.Count ? next.ToString(CultureInfo.InvariantCulture) : "");
    }

    private static Task<T> None<T>() =>
        Task.FromException<T>(new NodeClientException(NodeClientError.NotKept, "This node does not keep it."));

    private Task<T> Answer<T>(T value)
    {
        Calls++;
        return Failure is { } failure ? Task.FromException<T>(failure) : Task.FromResult(value);
    }
}

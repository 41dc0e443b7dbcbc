using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Wallet.Tests;

/// <summary>A node whose answers the test sets; submitted transactions are kept and become final at once.</summary>
internal sealed class FakeNode : INodeClient
{
    private readonly Dictionary<string, Func<CallMessage, CallResult>> _functions = [];

    public FakeNode()
    {
        Answer(EnergyMarketContract.Artifact.Abi, "parameters", (AbiValue)new AbiValue[]
        {
            900UL, 300UL, 600UL, Address.FromNumber(1), Address.FromNumber(2), Address.FromNumber(3),
            Address.FromNumber(4), Enc("0.02"), Enc("0.1"),
        });
        Answer(MeterRegistryContract.Artifact.Abi, "siteAccount", Address.Zero);
        foreach (string name in new[] { "placeOrder", "offer", "acceptOffer" })
        {
            Answer(EnergyMarketContract.Artifact.Abi, name, 77UL);
        }

        Answer(EnergyMarketContract.Artifact.Abi, "cancelOrder");
    }

    public List<Transaction> Submitted { get; } = [];

    public UInt256 Balance { get; set; } = Enc("100");

    /// <summary>2016-08-01T00:00:00Z, slot 1633344 of 900 s.</summary>
    public ulong HeadTimeMs { get; set; } = 1_470_009_600_000;

    public TransactionRefusal Refusal { get; set; }

    public NodeClientException? Failure { get; set; }

    /// <summary>Null: the transaction never becomes final.</summary>
    public Func<Transaction, ReceiptInfo?> Outcome { get; set; } = transaction => Receipt(transaction, true, "");

    public List<HistoryQuery> Queries { get; } = [];

    public SlotInfo? Slot { get; set; }

    public IReadOnlyList<TradeInfo> Trades { get; set; } = [];

    public IReadOnlyList<OrderInfo> Orders { get; set; } = [];

    public IReadOnlyList<ReadingInfo> Readings { get; set; } = [];

    public IReadOnlyList<SiteFaultInfo> Faults { get; set; } = [];

    public TraceInfo? Trace { get; set; }

    public CallMessage? TracedCall { get; private set; }

    public TransactionInfo? Known { get; set; }

    public byte[] Code { get; set; } = [];

    /// <summary>Given for every contract, where it is not null.</summary>
    public byte[]? WrongCode { get; set; }

    /// <summary>The chain that its proofs are of; where there is one, code is its too.</summary>
    public ProofChain? Proofs { get; set; }

    public static UInt256 Enc(string text) =>
        Client.Units.CoinAmount.TryParse(text, out UInt256 amount) ? amount : throw new FormatException(text);

    public static ReceiptInfo Receipt(Transaction transaction, bool succeeded, string failure)
    {
        byte[] output = transaction.Body.Data.IsEmpty ? [] : AbiEncoder.Encode(
            EnergyMarketContract.Artifact.Abi.Function("offer").Outputs, [77UL]);
        return new ReceiptInfo(
            new Height(41), 0, new BlockTime(1_470_009_601_000), succeeded, new Gas(21_000),
            new UInt256(21_000_000_000_000), null, output, failure, []);
    }

    /// <summary>Sets what a function returns, whoever calls it with whatever.</summary>
    public void Answer(ContractAbi abi, string name, params AbiValue[] results) =>
        OnCall(abi, name, _ => results);

    public void OnCall(ContractAbi abi, string name, Func<IReadOnlyList<AbiValue>, AbiValue[]> answer)
    {
        AbiFunction function = abi.Function(name);
        _functions[Convert.ToHexString(function.Selector)] = message =>
        {
            function.TryDecodeCall(message.Data.Span, out IReadOnlyList<AbiValue> arguments);
            byte[] output = AbiEncoder.Encode(function.Outputs, answer(arguments));
            return new CallResult(true, output, new Gas(60_000), "");
        };
    }

    public void Revert(ContractAbi abi, string name, string failure) =>
        _functions[Convert.ToHexString(abi.Function(name).Selector)] =
            _ => new CallResult(false, ReadOnlyMemory<byte>.Empty, new Gas(30_000), failure);

    /// <summary>Has a function refuse with a custom error of its contract.</summary>
    public void Revert(ContractAbi abi, string name, string error, params AbiValue[] arguments)
    {
        AbiError thrown = abi.Error(error);
        byte[] output = [.. thrown.Selector, .. AbiEncoder.Encode(thrown.Inputs, arguments)];
        _functions[Convert.ToHexString(abi.Function(name).Selector)] =
            _ => new CallResult(false, output, new Gas(30_000), abi.DescribeError(output));
    }

    public Task<NodeStatusInfo> GetStatusAsync(CancellationToken cancellationToken) => Give(new NodeStatusInfo
    {
        Version = "1.0",
        Name = "home-1",
        Role = "relay",
        ChainId = new ChainId(7),
        GenesisHash = default,
        Height = new Height(40),
        HeadHash = default,
        HeadTime = new BlockTime(HeadTimeMs),
        StateRoot = default,
        Peers = 4,
        PoolTransactions = 0,
        PoolBytes = 0,
        IsSyncing = false,
        BestKnownHeight = new Height(40),
        HasIndex = true,
        CouncilSize = 4,
        SiteFaults = Faults,
    });

    public Task<PageOf<PeerInfo>> ListPeersAsync(string pageToken, CancellationToken cancellationToken) =>
        Give(new PageOf<PeerInfo>([new PeerInfo("0x11", "127.0.0.1:1", "consensus", new Height(40), true, true)], ""));

    public Task<ChainInfo> GetChainAsync(CancellationToken cancellationToken) => Give(new ChainInfo(
        new ChainId(7), default, TimeSpan.FromSeconds(1), new Gas(200_000_000), 1_000_000_000, 100_000, []));

    public Task<SubmitResult> SubmitAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        if (Refusal == TransactionRefusal.None)
        {
            Submitted.Add(transaction);
        }

        return Give(new SubmitResult(transaction.Id, Refusal, "the figures"));
    }

    public Task<AccountInfo> GetAccountAsync(Address address, CancellationToken cancellationToken) =>
        Give(new AccountInfo(address, 3, 5, Balance, 0, true, new Height(40)));

    public Task<BlockInfo> GetBlockAsync(Height? height, CancellationToken cancellationToken) =>
        Give(Block(height ?? new Height(40)));

    public Task<BlockInfo> GetBlockAsync(Hash32 hash, CancellationToken cancellationToken) =>
        Give(Block(new Height(12)));

    public Task<TransactionInfo> GetTransactionAsync(Hash32 id, CancellationToken cancellationToken) =>
        Give(Known ?? new TransactionInfo(id, TransactionState.Unknown, null, null));

    public Task<TransactionInfo> WaitForTransactionAsync(
        Hash32 id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ReceiptInfo? receipt = Outcome(Submitted.Single(transaction => transaction.Id == id));
        TransactionState state = receipt is null ? TransactionState.Pending : TransactionState.Final;
        return Give(new TransactionInfo(id, state, null, receipt));
    }

    public Task<CallResult> CallAsync(CallMessage message, CancellationToken cancellationToken)
    {
        if (message.Data.IsEmpty)
        {
            return Give(new CallResult(true, ReadOnlyMemory<byte>.Empty, new Gas(21_000), ""));
        }

        return Give(_functions[Convert.ToHexString(message.Data.Span[..4])](message));
    }

    public Task<TraceInfo> TraceTransactionAsync(Hash32 id, CancellationToken cancellationToken) => Give(Trace!);

    public Task<TraceInfo> TraceCallAsync(CallMessage message, CancellationToken cancellationToken)
    {
        TracedCall = message;
        return Give(Trace!);
    }

    public Task<CodeInfo> GetCodeAsync(Address address, CancellationToken cancellationToken) =>
        Give(new CodeInfo(
            address, default, WrongCode ?? Proofs?.CodeOf(address).ToArray() ?? Code, new Height(40)));

    public Task<PageOf<TransferInfo>> ListTransactionsAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        GivePage<TransferInfo>(query, []);

    public Task<PageOf<OrderInfo>> ListOrdersAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        GivePage(query, Orders);

    public Task<PageOf<TradeInfo>> ListTradesAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        GivePage(query, Trades);

    public Task<PageOf<ReadingInfo>> ListReadingsAsync(HistoryQuery query, CancellationToken cancellationToken) =>
        GivePage(query, Readings);

    public Task<SlotInfo> GetSlotAsync(ulong slot, CancellationToken cancellationToken) => Give(
        Slot is { } known && known.Slot == slot
            ? known
            : throw new NodeClientException(NodeClientError.NotFound, $"Nothing happened for slot {slot}."));

    public Task<PageOf<SiteInfo>> ListSitesAsync(string pageToken, CancellationToken cancellationToken) =>
        Give(new PageOf<SiteInfo>([], ""));

    public Task<SiteInfo> GetSiteAsync(uint site, CancellationToken cancellationToken) => Give(new SiteInfo(
        site, "home", Address.FromNumber(9), new BlockTime(HeadTimeMs), 1_500, null, -900, 0, 4_000, 10_000,
        [new DeviceInfo("meter", "meter", "127.0.0.1:502/1", "silent", "no answer", new BlockTime(HeadTimeMs))]));

    public IAsyncEnumerable<BlockInfo> StreamBlocksAsync(Height? from, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<CertifiedHeader> GetHeaderAsync(Height? height, CancellationToken cancellationToken) =>
        Proofs!.GetHeaderAsync(height, cancellationToken);

    public Task<IReadOnlyList<TermLink>> GetTermLinksAsync(Height from, CancellationToken cancellationToken) =>
        Proofs!.GetTermLinksAsync(from, cancellationToken);

    public Task<GenesisPart> GetGenesisPartAsync(ulong offset, CancellationToken cancellationToken) =>
        Proofs!.GetGenesisPartAsync(offset, cancellationToken);

    public Task<StateWitness> GetProofAsync(
        IReadOnlyList<ProofQuery> queries, CancellationToken cancellationToken) =>
        Proofs!.GetProofAsync(queries, cancellationToken);

    public Task<StateWitness> GetCallProofAsync(CallMessage message, CancellationToken cancellationToken) =>
        Proofs!.GetCallProofAsync(message, cancellationToken);

    public Task<TransactionProof> GetTransactionProofAsync(Hash32 id, CancellationToken cancellationToken) =>
        Proofs!.GetTransactionProofAsync(id, cancellationToken);

    private static BlockInfo Block(Height height) => new()
    {
        Height = height,
        Hash = default,
        Time = new BlockTime(1_470_009_600_000),
        ParentHash = default,
        ParentStateRoot = default,
        Proposer = Address.FromNumber(8),
        CommitRound = 0,
        CommitSignatures = 3,
        Evidence = 0,
        GasUsed = new Gas(21_000),
        TransactionIds = [default],
    };

    private Task<PageOf<T>> GivePage<T>(HistoryQuery query, IReadOnlyList<T> rows)
    {
        Queries.Add(query);
        return Give(new PageOf<T>(rows, ""));
    }

    private Task<T> Give<T>(T answer) => Failure is null ? Task.FromResult(answer) : Task.FromException<T>(Failure);
}

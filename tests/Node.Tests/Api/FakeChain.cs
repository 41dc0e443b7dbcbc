using System.Diagnostics.CodeAnalysis;
using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Execution;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Tests.Api;

/// <summary>A chain in memory whose blocks and receipts the test writes itself; nothing is executed.</summary>
internal sealed class FakeChain : IChain, IStateReader
{
    private readonly Lock _lock = new();
    private readonly List<CommittedBlock> _blocks = [];
    private readonly List<IReadOnlyList<Receipt>> _receipts = [];
    private readonly List<IChainObserver> _observers = [];

    public FakeChain(ulong chainId = 7)
    {
        Genesis = new Genesis(
            new BlockTime(1_000_000),
            new ChainParameters { ChainId = new ChainId(chainId) },
            new Council([new CouncilMember(TestKeys.Of(1).PublicKey)]),
            []);
        Head = new ChainHead(
            default,
            Genesis.Hash,
            Genesis.Time,
            default,
            default,
            default,
            new TermHistory(Genesis.Term),
            null,
            RecentSigners.None);
    }

    public Genesis Genesis { get; }

    public ErasureBook Erasures { get; } = new();

    public ChainHead Head { get; private set; }

    /// <summary>Receipts of blocks before it are not given, as on a node that joined by a snapshot.</summary>
    public Height FirstReceipts { get; set; } = Height.Genesis.Next;

    public Dictionary<Address, AccountState> Accounts { get; } = [];

    public Func<CallRequest, CallOutcome> OnCall { get; set; } =
        static _ => new CallOutcome(true, ReadOnlyMemory<byte>.Empty, new Gas(21_000), [], "");

    /// <summary>Time between blocks.</summary>
    public ulong BlockMs { get; init; } = 1_000;

    /// <summary>How often a block was read from here.</summary>
    public int BlockReads { get; private set; }

    /// <summary>Appends a block of these transactions with one receipt each, and tells the observers.</summary>
    public CommittedBlock Append(params (Transaction Transaction, Receipt Receipt)[] contents)
    {
        Block block = NewBlock([.. contents.Select(content => content.Transaction)]);
        CommitCertificate certificate = new(block.Height, Round.Zero, block.Hash, [], []);
        CommittedBlock committed = new(block, certificate);
        IReadOnlyList<Receipt> receipts = [.. contents.Select(content => content.Receipt)];
        lock (_lock)
        {
            _blocks.Add(committed);
            _receipts.Add(receipts);
            Head = Head with { Height = block.Height, Hash = block.Hash, Time = block.Header.Time };
        }

        foreach (IChainObserver observer in _observers.ToArray())
        {
            observer.OnCommitted(committed, receipts, Head);
        }

        return committed;
    }

    public CommitOutcome Commit(CommittedBlock block) => throw new NotSupportedException();

    public bool TryGetBlock(Height height, [NotNullWhen(true)] out CommittedBlock? block)
    {
        lock (_lock)
        {
            BlockReads++;
            block = At(_blocks, height);
            return block is not null;
        }
    }

    public bool TryGetHeight(Hash32 blockHash, out Height height)
    {
        lock (_lock)
        {
            CommittedBlock? found = _blocks.Find(block => block.Block.Hash == blockHash);
            height = found?.Block.Height ?? default;
            return found is not null;
        }
    }

    public bool TryGetReceipts(Height height, [NotNullWhen(true)] out IReadOnlyList<Receipt>? receipts)
    {
        lock (_lock)
        {
            receipts = height < FirstReceipts ? null : At(_receipts, height);
            return receipts is not null;
        }
    }

    public bool TryFindTransaction(Hash32 transactionId, out TransactionLocation location)
    {
        lock (_lock)
        {
            foreach (CommittedBlock block in _blocks)
            {
                IReadOnlyList<Transaction> transactions = block.Block.Transactions;
                for (int i = 0; i < transactions.Count; i++)
                {
                    if (transactions[i].Id == transactionId)
                    {
                        location = new TransactionLocation(block.Block.Height, i);
                        return true;
                    }
                }
            }
        }

        location = default;
        return false;
    }

    public T Read<T>(Func<IStateReader, ChainHead, T> read) => read(this, Head);

    public CallOutcome Call(CallRequest request) => OnCall(request);

    public TransactionRefusal CheckTransaction(Transaction transaction) => TransactionRefusal.None;

    public IDisposable Observe(IChainObserver observer)
    {
        _observers.Add(observer);
        return new Unsubscriber(_observers, observer);
    }

    public bool TryGetAccount(Address address, out AccountState account) => Accounts.TryGetValue(address, out account);

    public UInt256 GetStorage(Address address, in UInt256 key) => default;

    public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => default;

    private static T? At<T>(List<T> list, Height height)
        where T : class =>
        height.Value > 0 && height.Value <= (ulong)list.Count ? list[(int)height.Value - 1] : null;

    private Block NewBlock(IReadOnlyList<Transaction> transactions)
    {
        BlockHeader header = new()
        {
            ChainId = Genesis.ChainId,
            Height = Head.Height.Next,
            Time = Head.Time.AddMs(BlockMs),
            ParentHash = Head.Hash,
            TransactionsRoot = Block.TransactionsRootOf(transactions.Select(transaction => transaction.Id)),
            ParentStateRoot = default,
            ParentReceiptsRoot = default,
            ParentGasUsed = default,
            TermHash = Genesis.Term.Hash,
            NextTermHash = Genesis.Term.Hash,
            Proposer = TestKeys.Of(1).Address,
            LastCertificateHash = default,
            EvidenceRoot = default,
        };
        return new Block(header, null, [], transactions);
    }

    private sealed class Unsubscriber(List<IChainObserver> observers, IChainObserver observer) : IDisposable
    {
        public void Dispose() => observers.Remove(observer);
    }
}

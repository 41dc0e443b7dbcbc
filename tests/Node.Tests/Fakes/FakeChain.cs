using System.Diagnostics.CodeAnalysis;
using EnergyChain.Consensus.Validators;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Execution;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Tests.Fakes;

/// <summary>
/// A chain in memory that moves coin and takes the gas limit as gas used. Blocks are made by
/// <see cref="MakeNext"/> and are certified by the real council keys.
/// </summary>
internal sealed class FakeChain : IChain
{
    private readonly Lock _lock = new();
    private readonly FakeState _state = new();
    private readonly SigningKey[] _councilKeys;
    private readonly List<CommittedBlock> _blocks = [];
    private readonly HashSet<Hash32> _included = [];
    private readonly List<IChainObserver> _observers = [];
    private readonly List<(Height Height, TaskCompletionSource Reached)> _waiting = [];

    /// <param name="councilSize">Keys that can certify.</param>
    /// <param name="chainId">The chain.</param>
    /// <param name="genesisTimeMs">The time that block 1 exceeds.</param>
    /// <param name="members">How many of the keys are members at the start; null for all.</param>
    public FakeChain(
        int councilSize = 4, ulong chainId = 7, ulong genesisTimeMs = 1_000, int? members = null)
    {
        _councilKeys = [.. Enumerable.Range(0, councilSize).Select(TestKeys.Of)];
        ChainParameters parameters = new() { ChainId = new ChainId(chainId), GasPrice = 1 };
        Council council = new(
            _councilKeys.Take(members ?? councilSize).Select(key => new CouncilMember(key.PublicKey)));
        Genesis = new Genesis(new BlockTime(genesisTimeMs), parameters, council, []);
        Head = new ChainHead(
            Height.Genesis,
            Genesis.Hash,
            Genesis.Time,
            Hash32.Zero,
            Hash32.Zero,
            new Gas(0),
            new TermHistory(Genesis.Term),
            null,
            RecentSigners.None);
    }

    public Genesis Genesis { get; }

    public ChainHead Head { get; private set; }

    /// <summary>Makes every later commit report this in place of storing the block.</summary>
    public CommitOutcome? FailCommitsWith { get; set; }

    /// <summary>
    /// The council contract's part: what a block decides of the term from two heights later on; null for nothing.
    /// </summary>
    public Func<Block, TermHistory, Term?> Govern { get; set; } = (_, _) => null;

    public ErasureBook Erasures { get; } = new();

    public int CommitCalls { get; private set; }

    public SigningKey CouncilKey(int index) => _councilKeys[index];

    /// <summary>Another council decides from now on.</summary>
    public void ChangeCouncil(params int[] keyNumbers)
    {
        lock (_lock)
        {
            Council council = new(keyNumbers.Select(number => new CouncilMember(TestKeys.Of(number).PublicKey)));
            Head = Head with { Terms = new TermHistory(new Term(council, Head.Parameters)) };
        }
    }

    public void Fund(Address account, UInt256 amount)
    {
        lock (_lock)
        {
            _state.Change(account, 0, amount, 0);
        }
    }

    /// <summary>Takes coin without a block: the state is ahead of what the observers were told.</summary>
    public void Drain(Address account, UInt256 amount)
    {
        lock (_lock)
        {
            _state.Change(account, 0, 0, amount);
        }
    }

    /// <summary>A certified block on the head.</summary>
    public CommittedBlock MakeNext(params Transaction[] transactions)
    {
        BlockHeader header = Head.NextHeader(
            Genesis.ChainId,
            Head.Time.AddMs(1_000),
            Head.Council[0].Address,
            transactions.Select(transaction => transaction.Id),
            Head.Certificate,
            []);
        Block block = new(header, Head.Certificate, [], transactions, Head.ChangedTerm);
        return new CommittedBlock(block, Certify(header.Height, header.Hash, Head.Council.QuorumSize));
    }

    public CommitCertificate Certify(Height height, Hash32 blockHash, int signers)
    {
        byte[] signed = Vote.SignedBytes(VoteType.Precommit, height, Round.Zero, blockHash);
        int[] indexes = [.. Enumerable.Range(0, signers)];
        return new CommitCertificate(
            height,
            Round.Zero,
            blockHash,
            indexes,
            [.. indexes.Select(index => _councilKeys[index].Sign(SigningDomain.Vote, Genesis.ChainId, signed))]);
    }

    public CommitOutcome Commit(CommittedBlock block)
    {
        lock (_lock)
        {
            CommitCalls++;
            if (FailCommitsWith is { } failure)
            {
                return failure;
            }

            if (block.Block.Height <= Head.Height)
            {
                return CommitOutcome.AlreadyKnown;
            }

            if (block.Block.Header.ParentHash != Head.Hash)
            {
                return CommitOutcome.NotNext;
            }

            Apply(block);
            foreach (IChainObserver observer in _observers)
            {
                observer.OnCommitted(block, [], Head);
            }

            foreach ((Height _, TaskCompletionSource reached) in _waiting.Where(each => each.Height <= Head.Height))
            {
                reached.TrySetResult();
            }

            return CommitOutcome.Committed;
        }
    }

    /// <summary>Completes when the head is at this height or above.</summary>
    public Task Reaches(ulong height)
    {
        lock (_lock)
        {
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Head.Height.Value >= height)
            {
                reached.SetResult();
            }

            _waiting.Add((new Height(height), reached));
            return reached.Task;
        }
    }

    public bool TryGetBlock(Height height, [NotNullWhen(true)] out CommittedBlock? block)
    {
        lock (_lock)
        {
            bool stored = height.Value >= 1 && height.Value <= (ulong)_blocks.Count;
            block = stored ? _blocks[(int)height.Value - 1] : null;
            return stored;
        }
    }

    public bool TryGetHeight(Hash32 blockHash, out Height height)
    {
        lock (_lock)
        {
            int index = _blocks.FindIndex(block => block.Block.Hash == blockHash);
            height = new Height((ulong)(index + 1));
            return index >= 0;
        }
    }

    public bool TryGetReceipts(Height height, [NotNullWhen(true)] out IReadOnlyList<Receipt>? receipts)
    {
        receipts = [];
        return height <= Head.Height;
    }

    public bool TryFindTransaction(Hash32 transactionId, out TransactionLocation location)
    {
        lock (_lock)
        {
            location = default;
            return _included.Contains(transactionId);
        }
    }

    public T Read<T>(Func<IStateReader, ChainHead, T> read)
    {
        lock (_lock)
        {
            return read(_state, Head);
        }
    }

    public CallOutcome Call(CallRequest request) => throw new NotSupportedException();

    public TransactionRefusal CheckTransaction(Transaction transaction)
    {
        lock (_lock)
        {
            AccountState sender = _state.Accounts.GetValueOrDefault(transaction.Sender);
            AccountState payer = _state.Accounts.GetValueOrDefault(transaction.GasPayer);
            UInt256 gas = transaction.Body.GasLimit.Value;
            UInt256 own = transaction.Body.Value + (transaction.GasPayer == transaction.Sender ? gas : 0);
            return transaction.Body.ChainId != Genesis.ChainId ? TransactionRefusal.WrongChainId
                : transaction.Body.ValidUntil <= Head.Height ? TransactionRefusal.Expired
                : !transaction.MemoMatches() ? TransactionRefusal.MemoMismatch
                : transaction.Body.Nonce < sender.Nonce ? TransactionRefusal.NonceTooLow
                : transaction.Body.Nonce > sender.Nonce + Limits.MaxNonceAhead ? TransactionRefusal.NonceTooHigh
                : own > sender.Balance || gas > payer.Balance ? TransactionRefusal.InsufficientBalance
                : TransactionRefusal.None;
        }
    }

    public IDisposable Observe(IChainObserver observer)
    {
        lock (_lock)
        {
            _observers.Add(observer);
            return new Registration(this, observer);
        }
    }

    private void Apply(CommittedBlock block)
    {
        _blocks.Add(block);
        foreach (Transaction transaction in block.Block.Transactions)
        {
            _included.Add(transaction.Id);
            _state.Change(transaction.Sender, 1, 0, transaction.Body.Value);
            _state.Change(transaction.GasPayer, 0, 0, transaction.Body.GasLimit.Value);
            _state.Change(transaction.Body.To ?? Address.Zero, 0, transaction.Body.Value, 0);
        }

        Head = Head with
        {
            Height = block.Block.Height,
            Hash = block.Block.Hash,
            Time = block.Block.Header.Time,
            StateRoot = Blake2b.HashLeaf(block.Block.Hash),
            Terms = Decide(block.Block),
            Certificate = block.Certificate,
            Signers = Head.Signers.Add(block.Block),
        };
    }

    private TermHistory Decide(Block block) =>
        Govern(block, Head.Terms) is { } term && term.Hash != Head.Terms.Last.Hash
            ? Head.Terms.Add(block.Height.Next.Next, term)
            : Head.Terms;

    private sealed class Registration(FakeChain chain, IChainObserver observer) : IDisposable
    {
        public void Dispose()
        {
            lock (chain._lock)
            {
                chain._observers.Remove(observer);
            }
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Execution;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Network.Joining;

/// <summary>
/// The chain of a node that has none yet: genesis, and nothing after it. Takes no block and no transaction.
/// Thread-safe.
/// </summary>
internal sealed class JoiningChain(Genesis genesis) : IChain
{
    private readonly WorldState _state = new();

    public Genesis Genesis { get; } = genesis;

    public ChainHead Head { get; } = new(
        Height.Genesis,
        genesis.Hash,
        genesis.Time,
        Hash32.Zero,
        Hash32.Zero,
        default,
        new TermHistory(genesis.Term),
        null,
        RecentSigners.None);

    public CommitOutcome Commit(CommittedBlock block) => CommitOutcome.NotNext;

    public bool TryGetBlock(Height height, [NotNullWhen(true)] out CommittedBlock? block)
    {
        block = null;
        return false;
    }

    public bool TryGetHeight(Hash32 blockHash, out Height height)
    {
        height = default;
        return false;
    }

    public bool TryGetReceipts(Height height, [NotNullWhen(true)] out IReadOnlyList<Receipt>? receipts)
    {
        receipts = null;
        return false;
    }

    public bool TryFindTransaction(Hash32 transactionId, out TransactionLocation location)
    {
        location = default;
        return false;
    }

    public T Read<T>(Func<IStateReader, ChainHead, T> read) => read(_state, Head);

    public CallOutcome Call(CallRequest request) => new(false, default, default, [], CallOutcome.Busy);

    public TransactionRefusal CheckTransaction(Transaction transaction) => TransactionRefusal.InsufficientBalance;

    public IDisposable Observe(IChainObserver observer) => new Nothing();

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.CrashTests.Machine;
using EnergyChain.Node.Execution;
using EnergyChain.Vm.State;

namespace EnergyChain.CrashTests.Plants;

/// <summary>A planted bug: the index, and whoever reads it, has a block before the block log does.</summary>
internal sealed class EarlyIndexChain(Chain chain, Promises index) : IChain
{
    public Genesis Genesis => chain.Genesis;

    public ChainHead Head => chain.Head;

    public CommitOutcome Commit(CommittedBlock block)
    {
        index.OnFinal(block.Block, null);
        return chain.Commit(block);
    }

    public bool TryGetBlock(Height height, [NotNullWhen(true)] out CommittedBlock? block) =>
        chain.TryGetBlock(height, out block);

    public bool TryGetHeight(Hash32 blockHash, out Height height) => chain.TryGetHeight(blockHash, out height);

    public bool TryGetReceipts(Height height, [NotNullWhen(true)] out IReadOnlyList<Receipt>? receipts) =>
        chain.TryGetReceipts(height, out receipts);

    public bool TryFindTransaction(Hash32 transactionId, out TransactionLocation location) =>
        chain.TryFindTransaction(transactionId, out location);

    public T Read<T>(Func<IStateReader, ChainHead, T> read) => chain.Read(read);

    public CallOutcome Call(CallRequest request) => chain.Call(request);

    public TransactionRefusal CheckTransaction(Transaction transaction) => chain.CheckTransaction(transaction);

    public IDisposable Observe(IChainObserver observer) => chain.Observe(observer);
}

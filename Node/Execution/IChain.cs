using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Erasure;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Execution;

/// <summary>
/// The chain as the rooms of the node see it: final blocks on disk and one live world state. Thread-safe: readers
/// never see a half-executed block, and commits are one at a time.
/// </summary>
public interface IChain
{
    Genesis Genesis { get; }

    /// <summary>The last final block.</summary>
    ChainHead Head { get; }

    /// <summary>The lowest height whose block is held here: 1 but on a node that joined by a snapshot.</summary>
    Height FirstBlock => Height.Genesis.Next;

    /// <summary>The lowest height whose receipts are held here.</summary>
    Height FirstReceipts => Height.Genesis.Next;

    /// <summary>
    /// The changes of the term in blocks before <see cref="FirstBlock"/>, ascending, which prove the term of that block
    /// from the genesis on. None on a node that holds all blocks.
    /// </summary>
    IReadOnlyList<TermLink> EarlierTerms => [];

    /// <summary>
    /// The records that the council had erased. Blocks from here have no memo that was, and none is taken in; who shows
    /// anything else of a transaction to somebody asks here first.
    /// </summary>
    ErasureBook Erasures => ErasureBook.Empty;

    /// <summary>
    /// Stores a final block (durable before this returns) and executes it. The certificate must have been checked
    /// against the council. A block at or below the head is ignored.
    /// </summary>
    CommitOutcome Commit(CommittedBlock block);

    /// <summary>
    /// Commits consecutive blocks while the node catches up. Stops at the first that is neither committed nor known
    /// and gives its outcome.
    /// </summary>
    CommitOutcome CommitRange(IReadOnlyList<CommittedBlock> blocks)
    {
        foreach (CommittedBlock block in blocks)
        {
            CommitOutcome outcome = Commit(block);
            if (outcome is not (CommitOutcome.Committed or CommitOutcome.AlreadyKnown))
            {
                return outcome;
            }
        }

        return CommitOutcome.Committed;
    }

    /// <summary>
    /// Puts other records in the place of stored blocks: to mend damaged ones, or to leave out what was erased. Durable
    /// and the old bytes overwritten on return. Any thread may call it; commits and reads go on meanwhile. False, and
    /// nothing is changed, where a block's hash is not the one that the chain has at its height; false as well where
    /// the disk fails, which is logged: then some may be replaced, and the call can be repeated. Contents other than
    /// the header must have been checked.
    /// </summary>
    bool TryReplace(IReadOnlyList<CommittedBlock> blocks) => false;

    /// <summary>
    /// Heights whose stored blocks are known to be damaged, ascending: they are absent until they are replaced.
    /// </summary>
    IReadOnlyList<Height> DamagedBlocks => [];

    bool TryGetBlock(Height height, [NotNullWhen(true)] out CommittedBlock? block);

    bool TryGetHeight(Hash32 blockHash, out Height height);

    /// <summary>Receipts of a block in the order of its transactions.</summary>
    bool TryGetReceipts(Height height, [NotNullWhen(true)] out IReadOnlyList<Receipt>? receipts);

    /// <summary>Where a transaction was included.</summary>
    bool TryFindTransaction(Hash32 transactionId, out TransactionLocation location);

    /// <summary>Reads from the state after the head, with no commit in between.</summary>
    T Read<T>(Func<IStateReader, ChainHead, T> read);

    /// <summary>Runs a message against the state after the head and throws its changes away (an eth_call).</summary>
    CallOutcome Call(CallRequest request);

    /// <summary>
    /// Checks a transaction against chain rules and state after the head; not its signatures, which the pool
    /// verifies once, and not the pool's own rules.
    /// </summary>
    TransactionRefusal CheckTransaction(Transaction transaction);

    /// <summary>The same, and what the state holds of the accounts that the transaction spends from.</summary>
    TransactionRefusal CheckTransaction(Transaction transaction, out AccountView accounts)
    {
        accounts = Read((state, _) => AccountView.Of(state, transaction));
        return CheckTransaction(transaction);
    }

    /// <summary>Has an observer told of every block after it was executed, in order, until disposed.</summary>
    IDisposable Observe(IChainObserver observer);
}

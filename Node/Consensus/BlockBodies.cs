using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Pool;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// The transactions of the blocks proposed in this height, every signature verified. What was assembled once stays
/// here until the height is over, whatever the pool drops. Takes only what was found missing, so that peers cannot
/// fill it, and no memo that was erased. Not thread-safe, except for <see cref="TryGet"/>.
/// </summary>
internal sealed class BlockBodies(ITransactionPool pool, ErasureBook erasures)
{
    // Below this many, handing them to other threads costs more than it saves.
    private const int ParallelFrom = 32;

    // Tables of whole blocks, which keep their size from height to height.
    private readonly Lock _lock = new();
    private readonly Dictionary<Hash32, Transaction> _held = [];
    private readonly HashSet<Hash32> _missing = [];

    // A block is asked for several times while it is judged, journaled and committed, by the ids of one proposal.
    private readonly Dictionary<IReadOnlyList<Hash32>, IReadOnlyList<Transaction>> _assembled =
        new(ReferenceEqualityComparer.Instance);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>
    /// A body that is held; for peers that lack it, and so from any thread. After a power cut of all, the journals of
    /// those that locked a block are the only place where its transactions are.
    /// </summary>
    public bool TryGet(Hash32 id, [NotNullWhen(true)] out Transaction? transaction)
    {
        lock (_lock)
        {
            return _held.TryGetValue(id, out transaction);
        }
    }

    /// <summary>Finds all bodies, or those that are there and names those that are missing.</summary>
    /// <param name="ids">The ids of a proposal, which must never change.</param>
    /// <param name="transactions">All of them in order, or those that are there.</param>
    /// <param name="missing">Ids without a body.</param>
    public bool TryAssemble(
        IReadOnlyList<Hash32> ids, out IReadOnlyList<Transaction> transactions, out IReadOnlyList<Hash32> missing)
    {
        missing = [];
        if (_assembled.TryGetValue(ids, out IReadOnlyList<Transaction>? assembled))
        {
            transactions = assembled;
            return true;
        }

        Transaction?[] found = new Transaction?[ids.Count];
        FindHeld(ids, found);
        pool.FindAll(ids, found);
        if (Array.IndexOf(found, null) < 0)
        {
            Transaction[] complete = found!;
            Hold(complete);
            _assembled.Add(ids, complete);
            transactions = complete;
            return true;
        }

        missing = [.. ids.Where((_, index) => found[index] is null)];
        _missing.UnionWith(missing);
        transactions = [.. found.OfType<Transaction>()];
        return false;
    }

    /// <summary>No longer takes these; whoever else lacks them names them again.</summary>
    public void Abandon(IEnumerable<Hash32> ids) => _missing.ExceptWith(ids);

    /// <summary>Takes bodies that need no check: our own, or those of our journal.</summary>
    public void Hold(IReadOnlyList<Transaction> transactions)
    {
        lock (_lock)
        {
            foreach (Transaction transaction in transactions)
            {
                _held[transaction.Id] = erasures.Clean(transaction);
            }
        }

        if (_missing.Count > 0)
        {
            _missing.ExceptWith(transactions.Select(static transaction => transaction.Id));
        }
    }

    /// <summary>Takes those that were missing and whose signatures hold (about 50 us each).</summary>
    /// <returns>Whether any was taken.</returns>
    public bool Deliver(IReadOnlyList<Transaction> transactions)
    {
        Transaction[] wanted = [.. transactions.Where(transaction => _missing.Contains(transaction.Id))];
        Transaction[] sound = wanted.Length < ParallelFrom
            ? [.. wanted.Where(IsSound)]
            : [.. wanted.AsParallel().Where(IsSound)];

        // The memo is no part of what was agreed on: a wrong one is left out, not a reason to stand still.
        Hold([.. sound.Select(transaction => transaction.MemoMatches() ? transaction : transaction.WithoutMemo())]);
        return sound.Length > 0;
    }

    /// <summary>Forgets what no proposal that is still kept refers to.</summary>
    public void Retain(IEnumerable<Proposal> proposals)
    {
        HashSet<Hash32> needed = [.. proposals.SelectMany(proposal => proposal.TransactionIds)];
        _missing.IntersectWith(needed);
        _assembled.Clear();
        lock (_lock)
        {
            foreach (Hash32 id in _held.Keys.Where(id => !needed.Contains(id)).ToArray())
            {
                _held.Remove(id);
            }
        }
    }

    public void Clear()
    {
        _assembled.Clear();
        _missing.Clear();
        lock (_lock)
        {
            _held.Clear();
        }
    }

    private void FindHeld(IReadOnlyList<Hash32> ids, Transaction?[] found)
    {
        lock (_lock)
        {
            for (int i = 0; i < found.Length && _held.Count > 0; i++)
            {
                found[i] = _held.GetValueOrDefault(ids[i]);
            }
        }
    }

    private bool IsSound(Transaction transaction) => pool.IsVerified(transaction) || transaction.SignaturesHold();
}

using System.Collections.Concurrent;
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

    private readonly ConcurrentDictionary<Hash32, Transaction> _held = [];
    private readonly HashSet<Hash32> _missing = [];

    public int Count => _held.Count;

    /// <summary>
    /// A body that is held; for peers that lack it, and so from any thread. After a power cut of all, the journals of
    /// those that locked a block are the only place where its transactions are.
    /// </summary>
    public bool TryGet(Hash32 id, [NotNullWhen(true)] out Transaction? transaction) =>
        _held.TryGetValue(id, out transaction);

    /// <summary>Finds all bodies, or those that are there and names those that are missing.</summary>
    public bool TryAssemble(
        IReadOnlyList<Hash32> ids, out IReadOnlyList<Transaction> transactions, out IReadOnlyList<Hash32> missing)
    {
        List<Transaction> found = new(ids.Count);
        List<Hash32> absent = [];
        foreach (Hash32 id in ids)
        {
            if (_held.TryGetValue(id, out Transaction? transaction) || pool.TryGet(id, out transaction))
            {
                found.Add(transaction);
            }
            else
            {
                absent.Add(id);
            }
        }

        if (absent.Count == 0)
        {
            Hold(found);
        }

        _missing.UnionWith(absent);
        transactions = found;
        missing = absent;
        return absent.Count == 0;
    }

    /// <summary>No longer takes these; whoever else lacks them names them again.</summary>
    public void Abandon(IEnumerable<Hash32> ids) => _missing.ExceptWith(ids);

    /// <summary>Takes bodies that need no check: our own, or those of our journal.</summary>
    public void Hold(IEnumerable<Transaction> transactions)
    {
        foreach (Transaction transaction in transactions)
        {
            _held[transaction.Id] = erasures.Clean(transaction);
            _missing.Remove(transaction.Id);
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
        Hold(sound.Select(transaction => transaction.MemoMatches() ? transaction : transaction.WithoutMemo()));
        return sound.Length > 0;
    }

    /// <summary>Forgets what no proposal that is still kept refers to.</summary>
    public void Retain(IEnumerable<Proposal> proposals)
    {
        HashSet<Hash32> needed = [.. proposals.SelectMany(proposal => proposal.TransactionIds)];
        _missing.IntersectWith(needed);
        foreach (Hash32 id in _held.Keys.Where(id => !needed.Contains(id)).ToArray())
        {
            _held.TryRemove(id, out _);
        }
    }

    public void Clear()
    {
        _held.Clear();
        _missing.Clear();
    }

    private bool IsSound(Transaction transaction) => pool.IsVerified(transaction) || transaction.SignaturesHold();
}

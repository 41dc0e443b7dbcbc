using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Pool;

/// <summary>
/// Chooses transactions for one block: in turns of <see cref="TurnSize"/> for each sender, in a turn by order of
/// arrival, each sender's by nonce without gaps, and only what the accounts can pay. So who floods the pool waits
/// behind itself, and who sends little gets into the next block. What accounts cannot pay takes no room from others.
/// </summary>
internal sealed class PoolSelection(Gas gasLimit, int maxBytes, int maxCount, PoolBalances balances)
{
    /// <summary>Transactions of one sender before others have their turn.</summary>
    public const int TurnSize = 16;

    private readonly Dictionary<Address, ulong> _next = [];
    private readonly HashSet<Address> _stopped = [];
    private readonly List<Transaction> _chosen = [];
    private ulong _gasLeft = gasLimit.Value;
    private long _bytesLeft = maxBytes;

    public List<Transaction> Select(PoolContents contents)
    {
        foreach (PoolEntry entry in InTurns(contents))
        {
            if (_chosen.Count >= maxCount)
            {
                break;
            }

            TakeRun(contents, entry);
        }

        return _chosen;
    }

    private static IEnumerable<PoolEntry> InTurns(PoolContents contents)
    {
        List<List<PoolEntry>> turns = [];
        Dictionary<Address, int> seen = [];
        foreach (PoolEntry entry in contents.InOrderOfArrival)
        {
            int before = seen.GetValueOrDefault(entry.Transaction.Sender);
            seen[entry.Transaction.Sender] = before + 1;
            if (turns.Count == before / TurnSize)
            {
                turns.Add([]);
            }

            turns[before / TurnSize].Add(entry);
        }

        return turns.SelectMany(static turn => turn);
    }

    // The entry if it is its sender's next, and then those that came earlier and waited for it.
    private void TakeRun(PoolContents contents, PoolEntry entry)
    {
        Address sender = entry.Transaction.Sender;
        SenderQueue queue = contents.QueueOf(sender)!;
        if (_stopped.Contains(sender) || entry.Nonce != NextOf(sender))
        {
            return;
        }

        for (PoolEntry? candidate = entry;
            candidate is not null && candidate.Sequence <= entry.Sequence && Take(candidate);
            candidate = queue.Find(candidate.Nonce + 1))
        {
        }
    }

    // A sender whose transaction does not fit is left out from there on; smaller ones of others may still fit.
    private bool Take(PoolEntry entry)
    {
        Transaction transaction = entry.Transaction;
        bool fits = transaction.Body.GasLimit.Value <= _gasLeft
            && transaction.BlockLength <= _bytesLeft
            && _chosen.Count < maxCount;
        if (!fits || !balances.TrySpend(entry))
        {
            _stopped.Add(transaction.Sender);
            return false;
        }

        _gasLeft -= transaction.Body.GasLimit.Value;
        _bytesLeft -= transaction.BlockLength;
        _next[transaction.Sender] = entry.Nonce + 1;
        _chosen.Add(transaction);
        return true;
    }

    // The state's word and not the queue's: a block may be in the state that the pool is not told of yet.
    private ulong NextOf(Address sender)
    {
        if (!_next.TryGetValue(sender, out ulong next))
        {
            next = balances.NonceOf(sender);
            _next.Add(sender, next);
        }

        return next;
    }
}

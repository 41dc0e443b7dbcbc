using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Pool;

/// <summary>Chooses transactions for one block: in order of arrival, each sender's by nonce without gaps.</summary>
internal sealed class PoolSelection(Gas gasLimit, int maxBytes, int maxCount)
{
    private readonly Dictionary<Address, ulong> _next = [];
    private readonly HashSet<Address> _stopped = [];
    private readonly List<Transaction> _chosen = [];
    private ulong _gasLeft = gasLimit.Value;
    private long _bytesLeft = maxBytes;

    public List<Transaction> Select(PoolContents contents)
    {
        foreach (PoolEntry entry in contents.InOrderOfArrival)
        {
            if (_chosen.Count >= maxCount)
            {
                break;
            }

            TakeRun(contents, entry);
        }

        return _chosen;
    }

    // The entry if it is its sender's next, and then those that came earlier and waited for it.
    private void TakeRun(PoolContents contents, PoolEntry entry)
    {
        Address sender = entry.Transaction.Sender;
        SenderQueue queue = contents.QueueOf(sender)!;
        if (entry.Nonce != _next.GetValueOrDefault(sender, queue.AccountNonce))
        {
            return;
        }

        for (PoolEntry? candidate = entry;
            candidate is not null && candidate.Sequence <= entry.Sequence && Take(candidate.Transaction);
            candidate = queue.Find(candidate.Nonce + 1))
        {
        }
    }

    // A sender whose transaction does not fit is left out from there on; smaller ones of others may still fit.
    private bool Take(Transaction transaction)
    {
        Address sender = transaction.Sender;
        bool fits = transaction.Body.GasLimit.Value <= _gasLeft
            && transaction.BlockLength <= _bytesLeft
            && _chosen.Count < maxCount
            && !_stopped.Contains(sender);
        if (!fits)
        {
            _stopped.Add(sender);
            return false;
        }

        _gasLeft -= transaction.Body.GasLimit.Value;
        _bytesLeft -= transaction.BlockLength;
        _next[sender] = transaction.Body.Nonce + 1;
        _chosen.Add(transaction);
        return true;
    }
}

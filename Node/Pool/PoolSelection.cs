using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Pool;

/// <summary>
/// Chooses transactions for one block: in turns of <see cref="TurnSize"/> for each sender, in a turn by order of
/// arrival, each sender's by nonce without gaps, and only what the accounts can pay. So who floods the pool waits
/// behind itself, and who sends little gets into the next block. What accounts cannot pay takes no room from others.
/// Costs what the turns that are needed hold, and not what the pool holds.
/// </summary>
/// <param name="gasLimit">What the chosen may state together.</param>
/// <param name="enough">Once they weigh so much (<see cref="WeightOf"/>) nothing more is chosen.</param>
/// <param name="maxBytes">Bytes in a block.</param>
/// <param name="maxCount">Transactions.</param>
/// <param name="balances">What accounts can pay.</param>
internal sealed class PoolSelection(Gas gasLimit, Gas enough, int maxBytes, int maxCount, PoolBalances balances)
{
    /// <summary>Transactions of one sender before others have their turn.</summary>
    public const int TurnSize = 4;

    private const ulong WeightOfOne = 100_000;

    private readonly Dictionary<Address, ulong> _next = [];
    private readonly HashSet<Address> _stopped = [];
    private readonly List<Transaction> _chosen = [];
    private ulong _gas;
    private ulong _weight;
    private long _bytesLeft = maxBytes;

    private bool IsFull => _chosen.Count >= maxCount || _weight >= enough.Value;

    /// <summary>
    /// What a transaction takes of the nodes: the gas that it states, and for verifying, passing on and storing it as
    /// much as 100,000 gas take, about 0.1 ms.
    /// </summary>
    public static Gas WeightOf(Transaction transaction) => new(transaction.Body.GasLimit.Value + WeightOfOne);

    public List<Transaction> Select(PoolContents contents)
    {
        List<SenderQueue> queues = [.. contents.Queues];
        while (queues.Count > 0 && !IsFull)
        {
            foreach ((_, PoolEntry entry) in NextTurn(queues))
            {
                if (IsFull)
                {
                    break;
                }

                Take(entry);
            }

            queues.RemoveAll(queue => _stopped.Contains(queue.Sender) || queue.Find(NextOf(queue.Sender)) is null);
        }

        return _chosen;
    }

    // A transaction that came before one with a lower nonce has waited for that one, and so stands right behind it.
    // Every order is by the unique sequence, so that in which the queues come does not count.
    private List<(ulong ReadySince, PoolEntry Entry)> NextTurn(List<SenderQueue> queues)
    {
        List<(ulong ReadySince, PoolEntry Entry)> turn = [];
        foreach (SenderQueue queue in queues)
        {
            ulong first = NextOf(queue.Sender);
            ulong readySince = 0;
            for (ulong i = 0; i < TurnSize && queue.Find(first + i) is { } entry; i++)
            {
                readySince = Math.Max(readySince, entry.Sequence);
                turn.Add((readySince, entry));
            }
        }

        turn.Sort(static (left, right) => left.ReadySince != right.ReadySince
            ? left.ReadySince.CompareTo(right.ReadySince)
            : left.Entry.Nonce.CompareTo(right.Entry.Nonce));
        return turn;
    }

    // A sender whose transaction does not fit is left out from there on; smaller ones of others may still fit.
    private void Take(PoolEntry entry)
    {
        Transaction transaction = entry.Transaction;
        if (_stopped.Contains(transaction.Sender))
        {
            return;
        }

        bool fits = transaction.Body.GasLimit.Value <= gasLimit.Value - _gas && transaction.BlockLength <= _bytesLeft;
        if (!fits || !balances.TrySpend(entry))
        {
            _stopped.Add(transaction.Sender);
            return;
        }

        _gas += transaction.Body.GasLimit.Value;
        _weight += WeightOf(transaction).Value;
        _bytesLeft -= transaction.BlockLength;
        _next[transaction.Sender] = entry.Nonce + 1;
        _chosen.Add(transaction);
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

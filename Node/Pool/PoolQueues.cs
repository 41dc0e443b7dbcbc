using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Pool;

/// <summary>The queues of all senders that have something waiting, and which is the longest. Not thread-safe.</summary>
internal sealed class PoolQueues
{
    // Sequences are unique, so the order is that of the entries and of nothing else.
    private static readonly Comparer<SenderQueue> ByLength = Comparer<SenderQueue>.Create(
        static (left, right) => left.Count != right.Count
            ? left.Count.CompareTo(right.Count)
            : left.LastSequence.CompareTo(right.LastSequence));

    private readonly Dictionary<Address, SenderQueue> _bySender = [];
    private readonly SortedSet<SenderQueue> _byLength = new(ByLength);

    /// <summary>In no order.</summary>
    public IReadOnlyCollection<SenderQueue> All => _bySender.Values;

    /// <summary>
    /// That with most entries; of several, that whose last nonce came last. Null where nothing waits.
    /// </summary>
    public SenderQueue? Longest => _byLength.Max;

    public SenderQueue? Find(Address sender) => _bySender.GetValueOrDefault(sender);

    public bool TryFind(Address sender, [NotNullWhen(true)] out SenderQueue? queue) =>
        _bySender.TryGetValue(sender, out queue);

    public SenderQueue FindOrMake(Address sender, ulong accountNonce) =>
        Find(sender) ?? new SenderQueue(sender, accountNonce);

    /// <summary>The only way to change a queue: it keeps its place by length, and an empty one is forgotten.</summary>
    public T Change<T>(SenderQueue queue, Func<SenderQueue, T> change)
    {
        if (queue.Count > 0)
        {
            bool removed = _byLength.Remove(queue);
            Invariant.Check(removed);
        }

        T result = change(queue);
        if (queue.Count > 0)
        {
            _bySender[queue.Sender] = queue;
            _byLength.Add(queue);
        }
        else
        {
            _bySender.Remove(queue.Sender);
        }

        return result;
    }
}

using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Pool;

/// <summary>The waiting transactions of one sender by nonce. Not thread-safe.</summary>
internal sealed class SenderQueue(Address sender, ulong accountNonce)
{
    private readonly Dictionary<ulong, PoolEntry> _byNonce = [];
    private readonly SortedSet<PoolEntry> _inOrder =
        new(Comparer<PoolEntry>.Create(static (left, right) => left.Nonce.CompareTo(right.Nonce)));


    public Address Sender => sender;

    /// <summary>The account's nonce after the last block that the pool was told of.</summary>
    public ulong AccountNonce { get; private set; } = accountNonce;

    /// <summary>The lowest nonce from <see cref="AccountNonce"/> on that is not here.</summary>
    public ulong NextNonce { get; private set; } = accountNonce;

    public int Count => _byNonce.Count;

    /// <summary>Those with the highest nonces first.</summary>
    public IEnumerable<PoolEntry> FromLast => _inOrder.Reverse();

    /// <summary>The place in the order of arrival of the one with the highest nonce; 0 where there is none.</summary>
    public ulong LastSequence => _inOrder.Max?.Sequence ?? 0;

    /// <summary>Whether a lower nonce is missing, so that no block can include the entry yet.</summary>
    public bool IsGapped(PoolEntry entry) => entry.Nonce > NextNonce;

    public bool Has(ulong nonce) => _byNonce.ContainsKey(nonce);

    public PoolEntry? Find(ulong nonce) => _byNonce.GetValueOrDefault(nonce);

    /// <summary>Adds an entry whose nonce is free; gives the entries that it freed of their gap.</summary>
    public List<PoolEntry> Add(PoolEntry entry)
    {
        _byNonce.Add(entry.Nonce, entry);
        _inOrder.Add(entry);
        return Advance();
    }

    /// <summary>Removes an entry; gives the entries behind it that now have a gap.</summary>
    public List<PoolEntry> Remove(PoolEntry entry)
    {
        _byNonce.Remove(entry.Nonce);
        _inOrder.Remove(entry);
        if (entry.Nonce >= NextNonce)
        {
            return [];
        }

        List<PoolEntry> gapped = [];
        for (ulong nonce = entry.Nonce + 1; nonce < NextNonce; nonce++)
        {
            gapped.Add(_byNonce[nonce]);
        }

        NextNonce = entry.Nonce;
        return gapped;
    }

    /// <summary>
    /// The account's nonce has moved on: gives the entries that are past, removed already, and those that lost
    /// their gap.
    /// </summary>
    public (List<PoolEntry> Past, List<PoolEntry> Freed) MoveTo(ulong accountNonce)
    {
        List<PoolEntry> past = [.. _inOrder.TakeWhile(entry => entry.Nonce < accountNonce)];
        foreach (PoolEntry entry in past)
        {
            _byNonce.Remove(entry.Nonce);
            _inOrder.Remove(entry);
        }

        AccountNonce = Math.Max(AccountNonce, accountNonce);
        NextNonce = Math.Max(NextNonce, AccountNonce);
        return (past, Advance());
    }

    private List<PoolEntry> Advance()
    {
        List<PoolEntry> freed = [];
        while (_byNonce.TryGetValue(NextNonce, out PoolEntry? entry))
        {
            freed.Add(entry);
            NextNonce++;
        }

        return freed;
    }
}

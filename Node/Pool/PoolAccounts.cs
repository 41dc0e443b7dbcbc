using EnergyChain.Core;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Pool;

/// <summary>
/// The accounts that waiting transactions name, and who of them has most waiting. Not thread-safe.
/// </summary>
internal sealed class PoolAccounts
{
    // Sequences are unique, so the order is that of the entries and of nothing else.
    private static readonly Comparer<PoolAccount> ByLength = Comparer<PoolAccount>.Create(
        static (left, right) => left.Count != right.Count
            ? left.Count.CompareTo(right.Count)
            : left.Queue!.LastSequence.CompareTo(right.Queue!.LastSequence));

    private readonly Dictionary<Address, PoolAccount> _byAddress = [];

    // Kept only where somebody asks who has most, which is while the pool is full.
    private SortedSet<PoolAccount>? _byLength;

    /// <summary>In no order.</summary>
    public Dictionary<Address, PoolAccount>.ValueCollection All => _byAddress.Values;

    public PoolAccount? Find(Address address) => _byAddress.GetValueOrDefault(address);

    /// <summary>The account, which an entry that comes names once more.</summary>
    public PoolAccount Use(Address address)
    {
        if (!_byAddress.TryGetValue(address, out PoolAccount? account))
        {
            account = new PoolAccount(address);
            _byAddress.Add(address, account);
        }

        account.Uses++;
        return account;
    }

    /// <summary>An entry that names the account is gone; an account that none names is forgotten.</summary>
    public void Leave(PoolAccount account)
    {
        account.Uses--;
        if (account.Uses == 0)
        {
            _byAddress.Remove(account.Address);
        }
    }

    /// <summary>
    /// That with most waiting; of several, that whose last nonce came last. Null where nothing waits. Sorts all once,
    /// and keeps the order from then on.
    /// </summary>
    public PoolAccount? FindLongest()
    {
        _byLength ??= new SortedSet<PoolAccount>(
            _byAddress.Values.Where(static account => account.Count > 0), ByLength);
        return _byLength.Max;
    }

    /// <summary>No longer keeps who has most waiting, until somebody asks again.</summary>
    public void ForgetLengths() => _byLength = null;

    /// <summary>To be used around every change of an account's queue, so that it keeps its place by length.</summary>
    public QueueChange Changing(PoolAccount account)
    {
        if (_byLength is not null && account.Count > 0)
        {
            bool removed = _byLength.Remove(account);
            Invariant.Check(removed);
        }

        return new QueueChange(_byLength, account);
    }

    /// <summary>A change of a queue, over when disposed; a queue that is empty then is let go.</summary>
    internal readonly ref struct QueueChange(SortedSet<PoolAccount>? byLength, PoolAccount account) : IDisposable
    {
        public void Dispose()
        {
            if (account.Count == 0)
            {
                account.Queue = null;
            }
            else
            {
                byLength?.Add(account);
            }
        }
    }
}

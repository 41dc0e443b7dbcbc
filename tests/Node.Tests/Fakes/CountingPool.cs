using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Pool;

namespace EnergyChain.Node.Tests.Fakes;

/// <summary>A real pool that counts additions and lets tests wait for a transaction.</summary>
internal sealed class CountingPool(TransactionPool pool) : ITransactionPool
{
    private readonly ConcurrentDictionary<Hash32, int> _additions = [];
    private readonly ConcurrentDictionary<Hash32, TaskCompletionSource> _arrivals = [];
    private int _underWay;

    public event Action<Transaction>? Admitted
    {
        add => pool.Admitted += value;
        remove => pool.Admitted -= value;
    }

    public int Count => pool.Count;

    public int Ready => pool.Ready;

    public long Bytes => pool.Bytes;

    public int AdditionsOf(Hash32 id) => _additions.GetValueOrDefault(id);

    /// <summary>Called at the start of every addition, on the thread that adds, with how many are under way.</summary>
    public Action<int>? Adding { get; set; }

    /// <summary>Completes when the transaction was admitted.</summary>
    public Task Arrival(Hash32 id) => Source(id).Task;

    public TransactionRefusal Add(Transaction transaction)
    {
        Adding?.Invoke(Interlocked.Increment(ref _underWay));
        _additions.AddOrUpdate(transaction.Id, 1, (_, count) => count + 1);
        TransactionRefusal refusal = pool.Add(transaction);
        Interlocked.Decrement(ref _underWay);
        if (refusal == TransactionRefusal.None)
        {
            Source(transaction.Id).TrySetResult();
        }

        return refusal;
    }

    public bool TryGet(Hash32 transactionId, [NotNullWhen(true)] out Transaction? transaction) =>
        pool.TryGet(transactionId, out transaction);

    public bool IsVerified(Transaction transaction) => pool.IsVerified(transaction);

    public IReadOnlyList<Transaction> Collect(Gas gasLimit, int maxBytes, int maxCount, Gas? enough = null) =>
        pool.Collect(gasLimit, maxBytes, maxCount, enough);

    public ulong NextNonce(Address account) => pool.NextNonce(account);

    private TaskCompletionSource Source(Hash32 id) =>
        _arrivals.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Pool;

namespace EnergyChain.Node.Tests.Api;

/// <summary>A pool that answers as the test says.</summary>
internal sealed class FakePool : ITransactionPool
{
    private readonly ConcurrentDictionary<Hash32, Transaction> _waiting = [];

    public event Action<Transaction>? Admitted;

    public Func<Transaction, TransactionRefusal> Judge { get; set; } = static _ => TransactionRefusal.None;

    public ulong Next { get; set; }

    public int Count => _waiting.Count;

    public int Ready => Count;

    public long Bytes => _waiting.Values.Sum(transaction => (long)transaction.EncodedLength);

    public TransactionRefusal Add(Transaction transaction)
    {
        TransactionRefusal refusal = Judge(transaction);
        if (refusal == TransactionRefusal.None)
        {
            _waiting[transaction.Id] = transaction;
            Admitted?.Invoke(transaction);
        }

        return refusal;
    }

    public bool TryGet(Hash32 transactionId, [NotNullWhen(true)] out Transaction? transaction) =>
        _waiting.TryGetValue(transactionId, out transaction);

    public bool IsVerified(Transaction transaction) => _waiting.ContainsKey(transaction.Id);

    public IReadOnlyList<Transaction> Collect(Gas gasLimit, int maxBytes, int maxCount, Gas? enough = null) =>
        [.. _waiting.Values];

    public ulong NextNonce(Address account) => Next;
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Erasure;

/// <summary>
/// The records that the council had erased: what this node refuses to show and whose memos it does not keep. It
/// follows from the chain's state alone, so it is read anew at each start. Decisions are added and never taken back.
/// One thread adds; any may read.
/// </summary>
public sealed class ErasureBook
{
    private readonly ConcurrentDictionary<Hash32, RecordErasure> _byTransaction = [];
    private ImmutableList<RecordErasure> _inOrder = [];

    /// <summary>Of a chain without such decisions.</summary>
    public static ErasureBook Empty { get; } = new();

    /// <summary>How many decisions there are.</summary>
    public int Count => All.Count;

    /// <summary>The decisions in their order.</summary>
    public IReadOnlyList<RecordErasure> All => Volatile.Read(ref _inOrder);

    public bool TryFind(Hash32 transactionId, [NotNullWhen(true)] out RecordErasure? erasure) =>
        _byTransaction.TryGetValue(transactionId, out erasure);

    public bool Contains(Hash32 transactionId) => _byTransaction.ContainsKey(transactionId);

    /// <summary>The transaction, without its memo where it was erased.</summary>
    public Transaction Clean(Transaction transaction) =>
        IsUnclean(transaction) ? transaction.WithoutMemo() : transaction;

    /// <summary>The block, without the memos that were erased. Its hash is the same: no memo is in it.</summary>
    public CommittedBlock Clean(CommittedBlock block)
    {
        if (Count == 0 || !block.Block.Transactions.Any(IsUnclean))
        {
            return block;
        }

        return block with { Block = block.Block with { Transactions = [.. block.Block.Transactions.Select(Clean)] } };
    }

    /// <summary>The decisions about transactions of a block, in its order.</summary>
    public IReadOnlyList<RecordErasure> In(Block block) =>
        Count == 0 ? [] : [.. block.Transactions.Select(each => Find(each.Id)).OfType<RecordErasure>()];

    /// <summary>Takes decisions up; one that is known is passed over.</summary>
    internal void Add(IEnumerable<RecordErasure> erasures)
    {
        foreach (RecordErasure erasure in erasures)
        {
            if (_byTransaction.TryAdd(erasure.TransactionId, erasure))
            {
                Volatile.Write(ref _inOrder, _inOrder.Add(erasure));
            }
        }
    }

    private RecordErasure? Find(Hash32 transactionId) => _byTransaction.GetValueOrDefault(transactionId);

    private bool IsUnclean(Transaction transaction) => transaction.Memo is not null && Contains(transaction.Id);
}

using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Pool;

/// <summary>A transaction in the pool and what the pool knows of it.</summary>
/// <param name="transaction">The transaction.</param>
/// <param name="sender">The account of its sender.</param>
/// <param name="payer">The account that pays its gas; the same one where that is the sender.</param>
/// <param name="sequence">Its place in the order of arrival, from 0.</param>
internal sealed class PoolEntry(Transaction transaction, PoolAccount sender, PoolAccount payer, ulong sequence)
{
    public Transaction Transaction { get; private set; } = transaction;

    public PoolAccount Sender => sender;

    public PoolAccount Payer => payer;

    /// <summary>Its place in the order of arrival, from 0.</summary>
    public ulong Sequence => sequence;

    public ulong Nonce { get; } = transaction.Body.Nonce;

    /// <summary>Whether a lower nonce is missing, so that no block can include it yet.</summary>
    public bool IsGapped { get; set; }

    /// <summary>The height since which a lower nonce is missing; meaningless while none is.</summary>
    public Height GapSince { get; set; }

    /// <summary>Base units that its sender needs for its value.</summary>
    public UInt256 ValueCost => Transaction.Body.Value;

    /// <summary>Base units that its gas payer needs at most.</summary>
    public UInt256 GasCost { get; } = GasCostOf(transaction);

    /// <summary>Lets go of the memo, which is no part of what the pool goes by.</summary>
    public void DropMemo() => Transaction = Transaction.WithoutMemo();

    /// <summary>The same of a transaction that is not in the pool; false where nobody can hold so much.</summary>
    public static bool TryGetGasCost(Transaction transaction, out UInt256 cost) => !UInt256.MultiplyOverflows(
        transaction.Body.GasPrice, transaction.Body.GasLimit.Value, out cost);

    private static UInt256 GasCostOf(Transaction transaction)
    {
        Invariant.Check(TryGetGasCost(transaction, out UInt256 cost));
        return cost;
    }
}

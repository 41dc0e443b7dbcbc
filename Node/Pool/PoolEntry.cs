using System.Numerics;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Pool;

/// <summary>A transaction in the pool and what the pool knows of it.</summary>
internal sealed class PoolEntry(Transaction transaction, ulong sequence, Height admittedAt)
{
    public Transaction Transaction { get; private set; } = transaction;

    /// <summary>Its place in the order of arrival, from 0.</summary>
    public ulong Sequence { get; } = sequence;

    public ulong Nonce => Transaction.Body.Nonce;

    /// <summary>The height since which a lower nonce is missing; meaningless while none is.</summary>
    public Height GapSince { get; set; } = admittedAt;

    /// <summary>Base units that its sender needs for its value.</summary>
    public BigInteger ValueCost { get; } = transaction.Body.Value.ToBigInteger();

    /// <summary>Lets go of the memo, which is no part of what the pool goes by.</summary>
    public void DropMemo() => Transaction = Transaction.WithoutMemo();

    /// <summary>Base units that its gas payer needs at most.</summary>
    public BigInteger GasCost { get; } =
        transaction.Body.GasPrice.ToBigInteger() * transaction.Body.GasLimit.Value;
}

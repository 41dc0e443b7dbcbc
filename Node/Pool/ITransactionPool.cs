using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Pool;

/// <summary>Transactions that wait for a block. Bounded by the limits of the pool; thread-safe.</summary>
public interface ITransactionPool
{
    int Count { get; }

    long Bytes { get; }

    /// <summary>
    /// Admits a transaction after every check, signatures included (about 50 us each). Admitted ones are announced
    /// to the network.
    /// </summary>
    TransactionRefusal Add(Transaction transaction);

    bool TryGet(Hash32 transactionId, [NotNullWhen(true)] out Transaction? transaction);

    /// <summary>
    /// Transactions for a proposal: in order of arrival, each sender's by nonce without gaps, within the gas, the
    /// bytes and the number given.
    /// </summary>
    IReadOnlyList<Transaction> Collect(Gas gasLimit, int maxBytes, int maxCount);

    /// <summary>The next nonce of an account, counting what waits here.</summary>
    ulong NextNonce(Address account);
}

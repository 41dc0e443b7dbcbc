using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Pool;

/// <summary>Transactions that wait for a block. Bounded by the limits of the pool; thread-safe.</summary>
public interface ITransactionPool
{
    /// <summary>
    /// Told of every transaction right after it was admitted, on the thread that added it: handlers must be quick
    /// and must not throw.
    /// </summary>
    event Action<Transaction>? Admitted;

    int Count { get; }

    /// <summary>Those that no lower nonce is missing for, so that the next blocks can take them.</summary>
    int Ready { get; }

    long Bytes { get; }

    /// <summary>
    /// Admits a transaction after every check, signatures included (about 50 us each). Admitted ones are announced
    /// to the network.
    /// </summary>
    TransactionRefusal Add(Transaction transaction);

    bool TryGet(Hash32 transactionId, [NotNullWhen(true)] out Transaction? transaction);

    /// <summary>Fills those places that are null with the transactions that wait here, for whole blocks.</summary>
    /// <param name="ids">Transaction ids.</param>
    /// <param name="found">As many places, each for the id of the same index.</param>
    void FindAll(IReadOnlyList<Hash32> ids, Transaction?[] found)
    {
        for (int i = 0; i < ids.Count; i++)
        {
            if (found[i] is null && TryGet(ids[i], out Transaction? transaction))
            {
                found[i] = transaction;
            }
        }
    }

    /// <summary>
    /// Whether this node has verified these very signatures before. What <see cref="TryGet"/> gives is verified
    /// always; an id does not cover signatures, so a body from elsewhere has to be asked for here.
    /// </summary>
    bool IsVerified(Transaction transaction);

    /// <summary>
    /// Transactions for a proposal: in turns by sender, in a turn in order of arrival, each sender's by nonce without
    /// gaps, within the gas, the bytes and the number given.
    /// </summary>
    /// <param name="gasLimit">What they may state together.</param>
    /// <param name="maxBytes">Bytes of their encodings in a block.</param>
    /// <param name="maxCount">How many.</param>
    /// <param name="enough">
    /// Once they weigh so much (stated gas, and 100,000 each) nothing more is chosen; null for no such mark.
    /// </param>
    IReadOnlyList<Transaction> Collect(Gas gasLimit, int maxBytes, int maxCount, Gas? enough = null);

    /// <summary>The next nonce of an account, counting what waits here.</summary>
    ulong NextNonce(Address account);
}

using EnergyChain.Core.Chain;

namespace EnergyChain.Node.Pool;

/// <summary>
/// Who handed a transaction in: told exactly once what became of it, on a thread of the intake, so it must be quick
/// and must not throw.
/// </summary>
internal interface IIntakeSource
{
    /// <summary>The pool has decided.</summary>
    void OnDecided(Transaction transaction, TransactionRefusal refusal);

    /// <summary>A fault of this node's own; nothing is known of the transaction.</summary>
    void OnFailed(Transaction transaction, Exception failure);
}

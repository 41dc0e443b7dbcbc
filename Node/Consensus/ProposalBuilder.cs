using EnergyChain.Consensus.Inputs;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;

namespace EnergyChain.Node.Consensus;

/// <summary>Makes the block that follows the head from what the pool holds.</summary>
internal sealed class ProposalBuilder(IChain chain, ITransactionPool pool, BlockPace pace)
{
    /// <summary>
    /// Builds a block with every transaction of the pool's choice that is admissible and fits; an empty block where
    /// there is none.
    /// </summary>
    /// <param name="head">The parent.</param>
    /// <param name="time">The header's time, at least one interval after the parent's.</param>
    /// <param name="proposer">Our address.</param>
    /// <param name="lastCertificate">A certificate of the parent; null at height 1.</param>
    /// <param name="evidence">Evidence to include.</param>
    public (ProposedValue Value, IReadOnlyList<Transaction> Transactions) Build(
        ChainHead head,
        BlockTime time,
        Address proposer,
        CommitCertificate? lastCertificate,
        IReadOnlyList<Evidence> evidence)
    {
        IReadOnlyList<Transaction> transactions = Choose(head);
        Hash32[] ids = [.. transactions.Select(transaction => transaction.Id)];
        BlockHeader header = head.NextHeader(chain.Genesis.ChainId, time, proposer, ids, lastCertificate, evidence);
        return (new ProposedValue(header, lastCertificate, evidence, ids, head.ChangedTerm), transactions);
    }

    private IReadOnlyList<Transaction> Choose(ChainHead head)
    {
        IReadOnlyList<Transaction> offered = pool.Collect(
            head.Parameters.BlockGasLimit,
            Limits.MaxBlockBytes - Limits.BlockOverheadBytes,
            Limits.MaxBlockTransactions,
            enough: pace.Limit);
        return chain.Read((state, current) =>
        {
            // A block that sync committed in between makes this proposal worthless; it must still be well-formed.
            BlockAdmission admission = new(state, head.Height.Next, head.Parameters);
            return current.Hash == head.Hash
                ? offered.Where(transaction => admission.Add(transaction) == TransactionRefusal.None).ToArray()
                : [];
        });
    }
}

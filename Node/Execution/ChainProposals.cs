using EnergyChain.Core.Chain;
using EnergyChain.Ledger.Execution;

namespace EnergyChain.Node.Execution;

/// <summary>The chain's word on the contents of a block that is still to be decided.</summary>
public static class ChainProposals
{
    /// <summary>
    /// Whether the transactions may stand together in the block after the head, in this order: the first refusal, or
    /// none. Signatures apart. To be asked before a prevote, and by a proposer of what it proposes.
    /// </summary>
    public static TransactionRefusal CheckNextBlock(this IChain chain, IEnumerable<Transaction> transactions) =>
        chain.Read((state, head) =>
        {
            BlockAdmission admission = new(state, head.Height.Next, head.Parameters);
            return transactions
                .Select(admission.Add)
                .FirstOrDefault(static refusal => refusal != TransactionRefusal.None);
        });
}

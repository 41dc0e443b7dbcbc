using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// Whether a proposed block may follow the head. Signature, proposer of the round and the roots over the proposal's
/// own contents were checked before (<see cref="EnergyChain.Consensus.Rules.MessageCheck"/>). The answer depends on
/// chain and block alone, so it is the same on every honest node; the clock is asked elsewhere.
/// </summary>
internal sealed class ProposalValidator(IChain chain, EvidencePool evidence)
{
    /// <summary>The checks that need no transaction.</summary>
    public ProposalVerdict CheckHeader(Proposal proposal, ChainHead head)
    {
        BlockHeader header = proposal.Header;
        if (header.ChainId != chain.Genesis.ChainId
            || header.Height != head.Height.Next
            || header.ParentHash != head.Hash
            || header.TermHash != head.Term.Hash
            || head.Council.IndexOf(header.Proposer) < 0)
        {
            return ProposalVerdict.NotNext;
        }

        if (header.Time < head.Time.AddMs(head.Parameters.BlockIntervalMs))
        {
            return ProposalVerdict.TooEarly;
        }

        if (header.ParentStateRoot != head.StateRoot
            || header.ParentReceiptsRoot != head.ReceiptsRoot
            || header.ParentGasUsed != head.GasUsed)
        {
            return ProposalVerdict.RootsDiverge;
        }

        if (header.NextTermHash != head.NextTerm.Hash)
        {
            return ProposalVerdict.WrongNextTerm;
        }

        if (!CertificateHolds(proposal.LastCertificate, head))
        {
            return ProposalVerdict.BadCertificate;
        }

        return evidence.MayInclude(proposal.Evidence, header.Height, head.Terms)
            ? ProposalVerdict.Valid
            : ProposalVerdict.BadEvidence;
    }

    /// <summary>Whether these transactions, all of a block or some, have the bytes to stand in one.</summary>
    public static bool MayFit(IReadOnlyList<Transaction> transactions) =>
        transactions.Sum(transaction => (long)transaction.BlockLength)
        <= Limits.MaxBlockBytes - Limits.BlockOverheadBytes;

    /// <summary>The checks of the transactions, whose signatures were verified.</summary>
    public ProposalVerdict CheckTransactions(IReadOnlyList<Transaction> transactions, ChainHead head) =>
        chain.Read((state, current) =>
        {
            if (current.Hash != head.Hash)
            {
                return ProposalVerdict.NotNext;
            }

            BlockAdmission admission = new(state, head.Height.Next, head.Parameters);
            return transactions.All(transaction => admission.Add(transaction) == TransactionRefusal.None)
                ? ProposalVerdict.Valid
                : ProposalVerdict.BadTransaction;
        });

    private bool CertificateHolds(CommitCertificate? certificate, ChainHead head)
    {
        if (certificate is null || head.Height == Height.Genesis)
        {
            return certificate is null && head.Height == Height.Genesis;
        }

        return certificate.Height == head.Height
            && certificate.BlockHash == head.Hash
            && (certificate.Hash == head.Certificate?.Hash
                || certificate.Verify(chain.Genesis.ChainId, head.Terms.At(head.Height).Council));
    }
}

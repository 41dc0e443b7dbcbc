using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Inputs;

/// <summary>What a proposer proposes, before it is signed for a round.</summary>
public sealed record ProposedValue(
    BlockHeader Header,
    CommitCertificate? LastCertificate,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<Hash32> TransactionIds,
    Term? NextTerm = null)
{
    /// <summary>The value inside a proposal.</summary>
    public static ProposedValue Of(Proposal proposal) =>
        new(proposal.Header, proposal.LastCertificate, proposal.Evidence, proposal.TransactionIds, proposal.NextTerm);

    public Proposal ToProposal(Round round, Round? validRound, Signature signature) =>
        new(round, validRound, Header, LastCertificate, Evidence, TransactionIds, signature, NextTerm);
}

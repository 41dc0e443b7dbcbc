using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Rules;

/// <summary>
/// What must hold of a message before the machine sees it: the costly part, one signature verification (about 50 us)
/// each. Ask <see cref="TendermintMachine.Wants(Vote)"/> first. Any message is allowed; no exception.
/// </summary>
public static class MessageCheck
{
    /// <summary>Whether the vote is signed by the member that it names.</summary>
    public static bool Holds(Vote vote, ChainId chainId, Council council) =>
        vote.Validator >= 0
        && vote.Validator < council.Count
        && vote.SignatureHolds(chainId, council[vote.Validator].PublicKey);

    /// <summary>
    /// Whether the proposal is signed by its round's proposer and its contents are those that the signed header
    /// commits to. Without the second, a proposer could send different contents under one block hash.
    /// </summary>
    public static bool Holds(Proposal proposal, ChainId chainId, ProposerSchedule proposers) =>
        proposal.Header.ChainId == chainId
        && (proposal.ValidRound is not { } validRound || validRound < proposal.Round)
        && proposal.SignatureHolds(proposers.Council[proposers.ProposerOf(proposal.Round)].PublicKey)
        && ContentsMatchHeader(proposal);

    private static bool ContentsMatchHeader(Proposal proposal) =>
        (proposal.LastCertificate?.Hash ?? Hash32.Zero) == proposal.Header.LastCertificateHash
        && Block.EvidenceRootOf(proposal.Evidence) == proposal.Header.EvidenceRoot
        && Block.TransactionsRootOf(proposal.TransactionIds) == proposal.Header.TransactionsRoot
        && Block.NextTermMatches(proposal.Header, proposal.NextTerm);
}

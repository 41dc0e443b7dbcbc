using EnergyChain.Core.Chain;

namespace EnergyChain.Node.Consensus;

/// <summary>A message between validators: a closed set.</summary>
public abstract record ConsensusMessage
{
    private ConsensusMessage()
    {
    }

    /// <summary>A proposal of its round's proposer, or a copy of it that a peer passes on.</summary>
    public sealed record OfProposal(Proposal Value) : ConsensusMessage;

    /// <summary>A vote.</summary>
    public sealed record OfVote(Vote Value) : ConsensusMessage;

    /// <summary>Evidence against a member.</summary>
    public sealed record OfEvidence(Evidence Value) : ConsensusMessage;
}

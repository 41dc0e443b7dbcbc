using EnergyChain.Consensus.Safety;
using EnergyChain.Consensus.State;
using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Inputs;

/// <summary>Everything that can happen to the machine: a closed set.</summary>
public abstract record ConsensusInput
{
    private ConsensusInput()
    {
    }

    /// <summary>
    /// The parent of <paramref name="Height"/> is final and executed: decide this height. May skip heights, where
    /// sync brought the blocks between.
    /// </summary>
    /// <param name="Height">The height to decide.</param>
    /// <param name="Proposers">Its council and who proposes when.</param>
    /// <param name="StartDelayMs">
    /// Milliseconds until the proposer of round 0 is due; the first propose timeout counts from then. What comes
    /// earlier is handled at once.
    /// </param>
    /// <param name="Recovered">
    /// After a restart what the journal held, of this height and others; what is of a height that was started before
    /// may be left out.
    /// </param>
    public sealed record StartHeight(
        Height Height, ProposerSchedule Proposers, uint StartDelayMs, IReadOnlyList<JournalRecord> Recovered)
        : ConsensusInput;

    /// <summary>A proposal whose signature and contents were checked (<see cref="Rules.MessageCheck"/>).</summary>
    public sealed record ProposalReceived(Proposal Proposal) : ConsensusInput;

    /// <summary>The answer to <see cref="Effects.ConsensusEffect.ValidateProposal"/>.</summary>
    public sealed record ProposalValidated(Height Height, Hash32 BlockHash, bool Valid) : ConsensusInput;

    /// <summary>A vote whose signature was checked (<see cref="Rules.MessageCheck"/>).</summary>
    public sealed record VoteReceived(Vote Vote) : ConsensusInput;

    /// <summary>A scheduled timeout has come. Those of rounds and steps gone by are ignored.</summary>
    public sealed record TimeoutElapsed(ConsensusTimeout Timeout) : ConsensusInput;

    /// <summary>The answer to <see cref="Effects.ConsensusEffect.RequestValue"/>.</summary>
    public sealed record ValueBuilt(Height Height, Round Round, ProposedValue Value) : ConsensusInput;

    /// <summary>A peer connected, or the height makes no progress: say again what others may lack.</summary>
    public sealed record ResendRequested : ConsensusInput;
}

using EnergyChain.Consensus.Safety;
using EnergyChain.Consensus.State;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Effects;

/// <summary>
/// What the machine asks of its host: a closed set. The host carries effects out in their order and may not reorder
/// them; an <see cref="AppendJournal"/> is durable before any effect after it.
/// </summary>
public abstract record ConsensusEffect
{
    private ConsensusEffect()
    {
    }

    /// <summary>Make the record durable before going on. Consecutive ones may share one group commit.</summary>
    public sealed record AppendJournal(JournalRecord Record) : ConsensusEffect;

    /// <summary>Send our proposal to every validator.</summary>
    public sealed record BroadcastProposal(Proposal Proposal) : ConsensusEffect;

    /// <summary>Send our vote to every validator.</summary>
    public sealed record BroadcastVote(Vote Vote) : ConsensusEffect;

    /// <summary>Answer with <see cref="Inputs.ConsensusInput.TimeoutElapsed"/> after so many milliseconds.</summary>
    public sealed record ScheduleTimeout(ConsensusTimeout Timeout, uint DurationMs) : ConsensusEffect;

    /// <summary>
    /// Build a block and answer with <see cref="Inputs.ConsensusInput.ValueBuilt"/>, in round 0 not before the
    /// start delay has passed.
    /// </summary>
    public sealed record RequestValue(Height Height, Round Round) : ConsensusEffect;

    /// <summary>
    /// Check the block and fetch its transactions; answer with
    /// <see cref="Inputs.ConsensusInput.ProposalValidated"/>. The answer must depend on nothing but the chain: where
    /// bodies are missing or the time lies ahead, it comes later.
    /// </summary>
    public sealed record ValidateProposal(Proposal Proposal) : ConsensusEffect;

    /// <summary>The block is final. The machine rests until the next height is started.</summary>
    public sealed record Commit(CommitCertificate Certificate, Proposal Proposal) : ConsensusEffect;

    /// <summary>A member signed two votes or two proposals for one step.</summary>
    public sealed record ReportEvidence(Evidence Evidence) : ConsensusEffect;

    /// <summary>A vote under our own key that this machine did not sign: another node runs with our key.</summary>
    public sealed record ReportTwin(Vote Vote) : ConsensusEffect;

    /// <summary>Answer to <see cref="Inputs.ConsensusInput.ResendRequested"/>, for whoever it was made for.</summary>
    public sealed record Resend(IReadOnlyList<Proposal> Proposals, IReadOnlyList<Vote> Votes) : ConsensusEffect;
}

using System.Diagnostics;
using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Inputs;
using EnergyChain.Consensus.Safety;
using EnergyChain.Consensus.State;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Rules;

/// <summary>
/// Tendermint (arXiv 1807.04938, algorithm 1) as a pure function of its inputs: no clock, thread or network, so the
/// same inputs give the same effects on every machine. A value is a block hash. Line numbers in comments are the
/// paper's; docs/consensus.md maps each to its test. Never throws on anything a peer may send. Not thread-safe.
/// </summary>
public sealed partial class TendermintMachine(SafetyGuard guard, TimeoutDurations durations)
{
    private HeightState? _state;
    private LastCommit? _lastCommit;
    private EffectBuffer _effects = new();

    internal MachineRules Rules { get; init; } = MachineRules.Paper;

    /// <summary>The height being decided; genesis before the first was started.</summary>
    public Height Height => _state?.Height ?? Height.Genesis;

    public Round Round => _state?.Round ?? Round.Zero;

    public RoundStep CurrentStep => _state?.Step ?? RoundStep.Propose;

    public Round? LockedRound => _state?.LockedRound;

    public Round? ValidRound => _state?.ValidRound;

    /// <summary>Whether the height is decided and the next one not started.</summary>
    public bool IsDecided => _state?.DecidedIn is not null;

    /// <summary>
    /// The certificate of the height before with the precommits that came late; null where sync or a restart brought
    /// this height, and the chain's own certificate is the only one.
    /// </summary>
    public CommitCertificate? LastCertificate => _lastCommit?.Certificate;

    /// <summary>Every proposal that is kept: at most two for each tracked round.</summary>
    public IEnumerable<Proposal> Proposals => _state?.Proposals ?? [];

    /// <summary>Takes one input and appends what is to be done to <paramref name="effects"/>, in order.</summary>
    public void Step(ConsensusInput input, EffectBuffer effects)
    {
        _effects = effects;
        switch (input)
        {
            case ConsensusInput.StartHeight start:
                OnStartHeight(start);
                break;
            case ConsensusInput.ProposalReceived received:
                OnProposal(received.Proposal);
                break;
            case ConsensusInput.ProposalValidated validated:
                OnValidated(validated);
                break;
            case ConsensusInput.VoteReceived received:
                OnVote(received.Vote);
                break;
            case ConsensusInput.TimeoutElapsed elapsed:
                OnTimeout(elapsed.Timeout);
                break;
            case ConsensusInput.ValueBuilt built:
                OnValueBuilt(built);
                break;
            case ConsensusInput.ResendRequested:
                OnResendRequested();
                break;
            default:
                throw new UnreachableException();
        }

        while (_state is { DecidedIn: null } state && ApplyOneRule(state))
        {
            // Each rule that fires may enable another.
        }
    }

    /// <summary>Whether the vote would change anything: asked before its signature is verified.</summary>
    public bool Wants(Vote vote)
    {
        if (_state is not { } state)
        {
            return false;
        }

        if (vote.Height != state.Height)
        {
            // Its council may be another one.
            return _lastCommit?.Wants(vote) ?? false;
        }

        if (vote.Validator < 0 || vote.Validator >= state.Council.Count)
        {
            return false;
        }

        if (state.IsFarAhead(vote.Round))
        {
            return state.IsNewFarRound(vote.Validator, vote.Round);
        }

        bool isNew = state.FindRound(vote.Round)?.Votes(vote.Type).IsNew(vote) ?? true;
        bool isKnownOffender = state.Reported[vote.Validator]
            && state.FindRound(vote.Round)?.Votes(vote.Type).FirstOf(vote.Validator) is not null
            && !state.IsProposed(vote.BlockHash, vote.Round);
        return state.IsTracked(vote.Round) && isNew && !isKnownOffender;
    }

    /// <summary>Whether the proposal would change anything: asked before its signature is verified.</summary>
    public bool Wants(Proposal proposal) =>
        _state is { DecidedIn: null } state
        && proposal.Height == state.Height
        && state.IsTracked(proposal.Round)
        && (state.FindRound(proposal.Round)?.IsNew(proposal) ?? true);

    private void OnStartHeight(ConsensusInput.StartHeight start)
    {
        Invariant.Check(start.Height == start.Proposers.Height);
        Invariant.Check(_state is null || start.Height > _state.Height);
        _lastCommit = _state is { DecidedIn: { } round } decided && decided.Height.Next == start.Height
            ? new LastCommit(decided.Height, round.Round, round.Precommits.QuorumBlock!.Value, round.Precommits)
            : null;
        int ownIndex = start.Proposers.Council.IndexOf(guard.PublicKey);
        HeightState state = new(start.Proposers, ownIndex < 0 ? null : ownIndex, start.StartDelayMs, Rules);
        _state = state;
        foreach (JournalRecord record in start.Recovered)
        {
            guard.Restore(record);
        }

        if (!TryResume(state, start.Recovered))
        {
            StartRound(state, Round.Zero); // L10
        }
    }

    private void OnProposal(Proposal proposal)
    {
        if (!Wants(proposal) || _state is not { } state)
        {
            return;
        }

        RoundState round = state.RoundAt(proposal.Round);
        int proposer = state.Proposers.ProposerOf(proposal.Round);
        if (round.Proposal is { } first)
        {
            Report(state, Evidence.Of(SignedProposal.Of(first, proposer), SignedProposal.Of(proposal, proposer)));
        }

        round.Add(proposal);
        round.Hear(proposer);
        AskForVerdicts(state, round);
    }

    private void OnValidated(ConsensusInput.ProposalValidated validated)
    {
        if (_state is { } state && validated.Height == state.Height)
        {
            state.SetVerdict(validated.BlockHash, validated.Valid);
        }
    }

    private void OnVote(Vote vote)
    {
        if (!Wants(vote) || _state is not { } state)
        {
            return;
        }

        if (vote.Height != state.Height)
        {
            _lastCommit?.Add(vote);
            return;
        }

        if (vote.Validator == state.OwnIndex)
        {
            _effects.Add(new ConsensusEffect.ReportTwin(vote));
        }

        AddVote(state, vote);
    }

    private void AddVote(HeightState state, Vote vote)
    {
        if (state.IsFarAhead(vote.Round))
        {
            state.HearFarAhead(vote.Validator, vote.Round);
            return;
        }

        RoundState round = state.RoundAt(vote.Round);
        bool isProposed = state.IsProposed(vote.BlockHash, vote.Round);
        round.Votes(vote.Type).Add(vote, isProposed, out Vote? contradicted);
        round.Hear(vote.Validator);
        if (contradicted is not null)
        {
            Report(state, Evidence.Of(contradicted, vote));
        }
    }

    // One piece for each member and height convicts it; more would only fill blocks.
    private void Report(HeightState state, Evidence? evidence)
    {
        if (evidence is not null && !state.Reported[evidence.Offender])
        {
            state.Reported[evidence.Offender] = true;
            _effects.Add(new ConsensusEffect.ReportEvidence(evidence));
        }
    }

    private void OnValueBuilt(ConsensusInput.ValueBuilt built)
    {
        if (_state is { DecidedIn: null, Step: RoundStep.Propose, IsProposer: true } state
            && built.Height == state.Height
            && built.Round == state.Round
            && state.Current.Proposal is null)
        {
            Propose(state, built.Value, null); // L19 with a fresh value
        }
    }

    private void OnTimeout(ConsensusTimeout timeout)
    {
        if (_state is not { DecidedIn: null } state || timeout.Height != state.Height || timeout.Round != state.Round)
        {
            return;
        }

        switch (timeout.Kind)
        {
            case TimeoutKind.Propose when state.Step == RoundStep.Propose:
                Cast(state, VoteType.Prevote, null); // L57-L60
                break;
            case TimeoutKind.Prevote when state.Step == RoundStep.Prevote:
                Cast(state, VoteType.Precommit, null); // L61-L64
                break;
            case TimeoutKind.Precommit:
                StartRound(state, state.Round.Next); // L65-L67
                break;
            default:
                break;
        }
    }
}

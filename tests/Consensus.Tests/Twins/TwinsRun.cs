using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Inputs;
using EnergyChain.Consensus.Rules;
using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Tests.Twins;

/// <summary>
/// One height decided by the real machines under a scenario, in virtual time. A message of a round of the scenario
/// reaches the processes of the same group; after <see cref="HealAtMs"/> everything reaches everybody and lost messages
/// are said again.
/// </summary>
internal sealed class TwinsRun
{
    private const ulong Height = 4; // a multiple of the council's size
    private const ulong HealAtMs = 12_000;
    private const ulong LimitMs = HealAtMs + 20_000;
    private const ulong ResendEveryMs = 1_000;

    private static readonly TestCouncil Council = new(TwinsScenarios.Members);

    private readonly IReadOnlyList<TwinsRound> _rounds;
    private readonly TendermintMachine[] _machines;
    private readonly Hash32?[] _decided;
    private readonly int _pairs;
    private readonly PriorityQueue<Action, (ulong Time, long Order)> _queue = new();
    private ulong _now;
    private long _order;
    private ulong _salt;

    public TwinsRun(IReadOnlyList<TwinsRound> rounds, int pairs)
    {
        _rounds = rounds;
        _pairs = pairs;
        int processes = TwinsScenarios.Members + pairs;
        _machines = [.. Enumerable.Range(0, processes).Select(process => Council.Machine(MemberOf(process)))];
        _decided = new Hash32?[processes];
    }

    /// <summary>Whether two honest members decided different blocks.</summary>
    public bool IsUnsafe => HonestDecisions.OfType<Hash32>().Distinct().Count() > 1;

    /// <summary>Whether every honest member has decided.</summary>
    public bool IsDone => HonestDecisions.All(decision => decision is not null);

    private IEnumerable<Hash32?> HonestDecisions => _decided[_pairs..TwinsScenarios.Members];

    public TwinsRun Run()
    {
        ProposerSchedule schedule = new(new Height(Height), Council.Council, [])
        {
            Given = [.. _rounds.Select(round => round.Leader)],
        };
        for (int process = 0; process < _machines.Length; process++)
        {
            int starting = process;
            Schedule(0, () => Step(starting, new ConsensusInput.StartHeight(new Height(Height), schedule, 0, [])));
        }

        Schedule(HealAtMs, Resend);
        while (!IsDone && _now < LimitMs && _queue.TryDequeue(out Action? action, out (ulong Time, long Order) at))
        {
            _now = at.Time;
            action();
        }

        return this;
    }

    private static int MemberOf(int process) => process % TwinsScenarios.Members;

    private void Schedule(ulong delayMs, Action action) => _queue.Enqueue(action, (_now + delayMs, _order++));

    private void Resend()
    {
        for (int process = 0; process < _machines.Length; process++)
        {
            Step(process, new ConsensusInput.ResendRequested());
        }

        Schedule(ResendEveryMs, Resend);
    }

    private void Step(int process, ConsensusInput input)
    {
        EffectBuffer effects = new();
        _machines[process].Step(input, effects);
        foreach (ConsensusEffect effect in effects.Effects)
        {
            Carry(process, effect);
        }
    }

    private void Carry(int process, ConsensusEffect effect)
    {
        switch (effect)
        {
            case ConsensusEffect.BroadcastProposal { Proposal: var proposal }:
                Broadcast(process, proposal.Round, new ConsensusInput.ProposalReceived(proposal));
                break;
            case ConsensusEffect.BroadcastVote { Vote: var vote }:
                Broadcast(process, vote.Round, new ConsensusInput.VoteReceived(vote));
                break;
            case ConsensusEffect.Resend { Proposals: var proposals, Votes: var votes }:
                foreach (Proposal proposal in proposals)
                {
                    Broadcast(process, proposal.Round, new ConsensusInput.ProposalReceived(proposal));
                }

                foreach (Vote vote in votes)
                {
                    Broadcast(process, vote.Round, new ConsensusInput.VoteReceived(vote));
                }

                break;
            case ConsensusEffect.ScheduleTimeout { Timeout: var timeout, DurationMs: var durationMs }:
                Schedule(durationMs, () => Step(process, new ConsensusInput.TimeoutElapsed(timeout)));
                break;
            case ConsensusEffect.RequestValue { Round: var round }:
                ProposedValue value = Council.Value(Height, MemberOf(process), _salt++);
                Schedule(0, () => Step(process, new ConsensusInput.ValueBuilt(new Height(Height), round, value)));
                break;
            case ConsensusEffect.ValidateProposal { Proposal: var proposal }:
                Hash32 block = proposal.BlockHash;
                Schedule(0, () => Step(process, new ConsensusInput.ProposalValidated(new Height(Height), block, true)));
                break;
            case ConsensusEffect.Commit { Proposal: var proposal }:
                _decided[process] = proposal.BlockHash;
                break;
            default:
                break;
        }
    }

    private void Broadcast(int from, Round round, ConsensusInput message)
    {
        for (int to = 0; to < _machines.Length; to++)
        {
            if (to != from && Reaches(from, to, round))
            {
                int receiver = to;
                Schedule(1, () => Step(receiver, message));
            }
        }
    }

    private bool Reaches(int from, int to, Round round) =>
        _now >= HealAtMs
        || round.Value >= (ulong)_rounds.Count
        || _rounds[(int)round.Value].Groups[from] == _rounds[(int)round.Value].Groups[to];
}

using System.Globalization;
using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Inputs;
using EnergyChain.Consensus.Rules;
using EnergyChain.Consensus.Safety;
using EnergyChain.Consensus.State;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Tests;

/// <summary>
/// Drives one machine by lines of text and writes down its effects. Blocks have one-letter names; the block X of
/// round r was first proposed by the proposer of r. Commands:
/// <c>council N own I</c>, <c>start H</c>, <c>restart</c> (a new process with the journal so far), <c>built X</c>,
/// <c>proposal R X [vr V] [by R0]</c>, <c>valid X</c>, <c>invalid X</c>, <c>prevote R X|nil from I...</c>,
/// <c>precommit R X|nil from I...</c>, <c>timeout propose|prevote|precommit R</c>, <c>resend</c>, <c>state</c>.
/// </summary>
internal sealed class Scenario
{
    private readonly Dictionary<string, ProposedValue> _values = [];
    private readonly Dictionary<Hash32, string> _names = [];
    private readonly List<JournalRecord> _journal = [];
    private TestCouncil _council = new(4);
    private TendermintMachine _machine = new TestCouncil(4).Machine(0);
    private int _own;
    private ulong _height;

    /// <summary>Runs one command and gives its effects, one a line.</summary>
    public string Run(string command)
    {
        string[] words = command.Split(' ');
        switch (words[0])
        {
            case "council":
                _council = new TestCouncil(int.Parse(words[1], CultureInfo.InvariantCulture));
                _own = int.Parse(words[3], CultureInfo.InvariantCulture);
                _machine = _council.Machine(_own);
                return "";
            case "state":
                string step = _machine.IsDecided ? "decided" : _machine.CurrentStep.ToString().ToLowerInvariant();
                return $"height {_machine.Height} round {_machine.Round} step {step} "
                    + $"locked {Text(_machine.LockedRound)} valid {Text(_machine.ValidRound)}\n";
            case "start":
                _height = ulong.Parse(words[1], CultureInfo.InvariantCulture);
                return Step(Start([]));
            case "restart":
                _machine = _council.Machine(_own);
                return Step(Start([.. _journal]));
            case "prevote" or "precommit":
                return string.Concat(words[4..].Select(voter => Step(VoteOf(words, voter))));
            default:
                return Step(InputOf(words));
        }
    }

    private ConsensusInput.StartHeight Start(IReadOnlyList<JournalRecord> recovered) =>
        new(new Height(_height), _council.ProposersOf(_height), 0, recovered);

    private ConsensusInput InputOf(string[] words) => words[0] switch
    {
        "built" => new ConsensusInput.ValueBuilt(new Height(_height), _machine.Round, Value(words[1], _machine.Round)),
        "proposal" => new ConsensusInput.ProposalReceived(ProposalOf(words)),
        "valid" => new ConsensusInput.ProposalValidated(new Height(_height), _values[words[1]].Header.Hash, true),
        "invalid" => new ConsensusInput.ProposalValidated(new Height(_height), _values[words[1]].Header.Hash, false),
        "timeout" => new ConsensusInput.TimeoutElapsed(new ConsensusTimeout(
            Enum.Parse<TimeoutKind>(words[1], ignoreCase: true), new Height(_height), RoundOf(words[2]))),
        "resend" => new ConsensusInput.ResendRequested(),
        _ => throw new FormatException($"No such command: {words[0]}"),
    };

    private Proposal ProposalOf(string[] words)
    {
        uint? validRound = words is [_, _, _, "vr", var valid, ..] ? RoundOf(valid).Value : null;
        Round first = words is [.., "by", var by] ? RoundOf(by) : new Round(validRound ?? RoundOf(words[1]).Value);
        return _council.Proposal(Value(words[2], first), RoundOf(words[1]).Value, validRound);
    }

    private ConsensusInput.VoteReceived VoteOf(string[] words, string voter)
    {
        Hash32? block = words[2] == "nil" ? null : Value(words[2], RoundOf(words[1])).Header.Hash;
        VoteType type = words[0] == "prevote" ? VoteType.Prevote : VoteType.Precommit;
        int validator = int.Parse(voter, CultureInfo.InvariantCulture);
        return new(_council.Vote(type, _height, RoundOf(words[1]).Value, block, validator));
    }

    private ProposedValue Value(string name, Round round)
    {
        if (!_values.TryGetValue(name, out ProposedValue? value))
        {
            int proposer = _council.ProposersOf(_height).ProposerOf(round);
            _values[name] = value = _council.Value(_height, proposer, name[0]);
            _names[value.Header.Hash] = name;
        }

        return value;
    }

    private string Step(ConsensusInput input)
    {
        EffectBuffer effects = new();
        _machine.Step(input, effects);
        _journal.AddRange(effects.Effects.OfType<ConsensusEffect.AppendJournal>().Select(effect => effect.Record));
        return string.Concat(effects.Effects.Select(effect => Text(effect) + "\n"));
    }

    private string Text(ConsensusEffect effect) => effect switch
    {
        ConsensusEffect.AppendJournal { Record: var record } => $"journal {Text(record)}",
        ConsensusEffect.BroadcastProposal { Proposal: var proposal } => $"send {Text(proposal)}",
        ConsensusEffect.BroadcastVote { Vote: var vote } => $"send {Text(vote)}",
        ConsensusEffect.ScheduleTimeout { Timeout: var timeout, DurationMs: var duration } =>
            $"timer {timeout.Kind.ToString().ToLowerInvariant()} {timeout.Round} in {duration} ms",
        ConsensusEffect.RequestValue { Round: var round } => $"build {round}",
        ConsensusEffect.ValidateProposal { Proposal: var proposal } => $"validate {Name(proposal.BlockHash)}",
        ConsensusEffect.Commit { Certificate: var certificate } =>
            $"commit {Name(certificate.BlockHash)} round {certificate.Round} "
            + $"signers {string.Join(' ', certificate.Signers)}",
        ConsensusEffect.ReportEvidence { Evidence: Evidence.DoubleVote evidence } =>
            $"evidence {Text(evidence.First)} against {Text(evidence.Second)}",
        ConsensusEffect.ReportEvidence { Evidence: Evidence.DoubleProposal evidence } => Text(evidence),
        ConsensusEffect.ReportTwin { Vote: var vote } => $"twin {Text(vote)}",
        ConsensusEffect.Resend { Proposals: var proposals, Votes: var votes } => "resend "
            + string.Join(
                ", ", proposals.Select(Text).Concat(votes.Select(vote => $"{Text(vote)} of {vote.Validator}"))),
        _ => throw new FormatException(effect.ToString()),
    };

    private string Text(JournalRecord record) => record switch
    {
        JournalRecord.OwnProposal { Proposal: var proposal } => Text(proposal),
        JournalRecord.OwnVote { Vote: var vote } => Text(vote),
        JournalRecord.Polka { Proposal: var proposal, Prevotes: var votes } =>
            $"polka {proposal.Round} {Name(proposal.BlockHash)} of {string.Join(' ', votes.Select(v => v.Validator))}",
        JournalRecord.RoundEnd { Precommits: var votes } =>
            $"end of {votes[0].Round}: {string.Join(", ", votes.Select(v => $"{Name(v.BlockHash)} of {v.Validator}"))}",
        _ => throw new FormatException(record.ToString()),
    };

    private string Text(Proposal proposal) =>
        $"proposal {proposal.Round} {Name(proposal.BlockHash)} vr {Text(proposal.ValidRound)}";

    // The order of the two is that of their hashes, which says nothing to a reader: the names are put in order.
    private string Text(Evidence.DoubleProposal evidence)
    {
        IEnumerable<string> both = new[] { evidence.First, evidence.Second }
            .Select(signed => $"{Name(signed.BlockHash)} vr {Text(signed.ValidRound)}")
            .Order(StringComparer.Ordinal);
        return $"evidence proposal {evidence.Round} {string.Join(" against ", both)} of {evidence.Offender}";
    }

    private string Text(Vote vote) =>
        $"{vote.Type.ToString().ToLowerInvariant()} {vote.Round} {Name(vote.BlockHash)}";

    private string Name(Hash32? block) => block is { } hash ? _names[hash] : "nil";

    private static string Text(Round? round) => round?.ToString() ?? "-1";

    private static Round RoundOf(string word) => new(uint.Parse(word, CultureInfo.InvariantCulture));
}

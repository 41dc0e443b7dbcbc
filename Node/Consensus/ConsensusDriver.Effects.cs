using System.Diagnostics;
using EnergyChain.Consensus.Effects;
using EnergyChain.Consensus.Inputs;
using EnergyChain.Consensus.Safety;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;

namespace EnergyChain.Node.Consensus;

/// <content>What the machine asks for, carried out in its order.</content>
internal sealed partial class ConsensusDriver
{
    // A proposal that leaves late by less than this still carries the instant that was due: intervals do not drift.
    private const ulong LateToleranceMs = 100;

    // A warning of a wrong clock about twice a minute, not with every block.
    private const ulong ClockWarningBlocks = 30;

    private void CarryOut()
    {
        for (int i = 0; i < _effects.Count; i++)
        {
            ConsensusEffect effect = _effects[i];
            if (effect is not ConsensusEffect.AppendJournal)
            {
                _journal.Flush();
            }

            CarryOut(effect);
        }

        _journal.Flush();
    }

    private void CarryOut(ConsensusEffect effect)
    {
        switch (effect)
        {
            case ConsensusEffect.AppendJournal { Record: var record }:
                AppendJournal(record);
                break;
            case ConsensusEffect.BroadcastProposal { Proposal: var proposal }:
                _network.Broadcast(new ConsensusMessage.OfProposal(proposal));
                break;
            case ConsensusEffect.BroadcastVote { Vote: var vote }:
                _network.Broadcast(new ConsensusMessage.OfVote(vote));
                break;
            case ConsensusEffect.ScheduleTimeout { Timeout: var timeout, DurationMs: var durationMs }:
                Timers.Schedule(new HostTimer.Machine(timeout), TimeSpan.FromMilliseconds(durationMs));
                break;
            case ConsensusEffect.RequestValue { Round: var round }:
                Timers.Schedule(new HostTimer.Build(round), TimeSpan.FromMilliseconds(MsUntilDue()));
                break;
            case ConsensusEffect.ValidateProposal { Proposal: var proposal }:
                _judge.Ask(proposal);
                Judge(proposal.BlockHash, mayRequest: true);
                break;
            case ConsensusEffect.Commit commit:
                Commit(commit, mayRequest: true);
                break;
            case ConsensusEffect.Resend { Proposals: var proposals, Votes: var votes }:
                Resend(proposals, votes);
                break;
            default:
                Report(effect);
                break;
        }
    }

    private void Report(ConsensusEffect effect)
    {
        switch (effect)
        {
            case ConsensusEffect.ReportEvidence { Evidence: var evidence }:
                _metrics.Offence(
                    evidence.Offence.Kind == OffenceKind.DoubleProposal ? "double_proposal" : "double_vote");
                _logger.Offended(evidence.Offender, evidence.Offence.Kind, evidence.Height, evidence.Round);
                if (_evidence.Add(evidence))
                {
                    _network.Broadcast(new ConsensusMessage.OfEvidence(evidence));
                }

                break;
            case ConsensusEffect.ReportTwin { Vote: var vote }:
                _metrics.Offence("twin");
                _logger.Twin(vote.Type, vote.Height, vote.Round);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void AppendJournal(JournalRecord record)
    {
        // The bodies of a value that may be decided must survive every pool: were all validators to lose power after
        // they locked it, nothing else could ever be decided.
        if (record is JournalRecord.Polka { Proposal: var proposal }
            && _bodies.TryAssemble(proposal.TransactionIds, out IReadOnlyList<Transaction> transactions, out _))
        {
            _journal.AddBodies(proposal.Height, proposal.BlockHash, transactions);
        }

        _journal.Add(record);
    }

    private void Resend(IReadOnlyList<Proposal> proposals, IReadOnlyList<Vote> votes)
    {
        IEnumerable<ConsensusMessage> messages =
        [
            .. proposals.Select(proposal => new ConsensusMessage.OfProposal(proposal)),
            .. votes.Select(vote => new ConsensusMessage.OfVote(vote)),
        ];
        foreach (ConsensusMessage message in messages)
        {
            if (_resendTo is { } peer)
            {
                _network.Send(peer, message);
            }
            else
            {
                _network.Broadcast(message);
            }
        }
    }

    private void Build(Round round)
    {
        if (_machine.Round != round || _machine.Height != _head.Height.Next)
        {
            return;
        }

        long started = _time.GetTimestamp();
        BlockTime due = _head.Time.AddMs(_head.Parameters.BlockIntervalMs);
        ulong now = _clock.NowMs;
        BlockTime time = now < due.UnixMs + LateToleranceMs ? due : new BlockTime(now);
        CommitCertificate? certificate =
            _machine.LastCertificate is { } late && late.BlockHash == _head.Hash ? late : _head.Certificate;
        Height height = _head.Height.Next;
        (ProposedValue value, IReadOnlyList<Transaction> transactions) = _builder.Build(
            _head, time, _ownAddress, certificate, _evidence.For(height, _head.Terms));
        _bodies.Hold(transactions);
        _metrics.Stage("build", _time.GetElapsedTime(started));
        _inputs.Enqueue(new ConsensusInput.ValueBuilt(height, round, value));
    }

    private void JudgeAgain()
    {
        foreach (Hash32 block in _judge.Waiting)
        {
            Judge(block, mayRequest: false);
        }

        if (_decided is { } decided)
        {
            Commit(decided, mayRequest: false);
        }
    }

    private void Judge(Hash32 block, bool mayRequest)
    {
        if (_decided is { } decided && decided.Proposal.BlockHash == block)
        {
            Commit(decided, mayRequest);
        }
        else if (_judge.TryJudge(block, mayRequest, out bool valid))
        {
            _inputs.Enqueue(new ConsensusInput.ProposalValidated(_head.Height.Next, block, valid));
        }
    }

    private void Commit(ConsensusEffect.Commit commit, bool mayRequest)
    {
        Proposal proposal = commit.Proposal;
        if (!_judge.TryFindBodies(proposal, mayRequest, out IReadOnlyList<Transaction> transactions))
        {
            // Final, and not ours to execute yet. Sync may bring the whole block first; then this is forgotten.
            _decided = commit;
            return;
        }

        Block block = new(
            proposal.Header, proposal.LastCertificate, proposal.Evidence, transactions, proposal.NextTerm);
        CommittedBlock committed = new(block, commit.Certificate);
        BlockTime parentTime = _head.Time;
        ulong now = _clock.NowMs;
        _metrics.Stage("decide", TimeSpan.FromMilliseconds(now > block.Header.Time.UnixMs
            ? now - block.Header.Time.UnixMs
            : 0));
        long started = _time.GetTimestamp();
        CommitOutcome outcome = _chain.Commit(committed);
        TimeSpan execution = _time.GetElapsedTime(started);
        _metrics.Stage("execute", execution);
        ThrowUnlessHarmless(outcome, block);
        if (outcome == CommitOutcome.Committed)
        {
            _pace.ObserveInterval(TimeSpan.FromMilliseconds(block.Header.Time.UnixMs - parentTime.UnixMs));
            _pace.Observe(WeightOf(transactions), execution);
            _evidence.Follow(block);
            FollowClock(block.Header);

            // The block itself may have had the record of one of its own transactions erased.
            _network.AnnounceBlock(_chain.Erasures.Clean(committed));
            _metrics.BlockInterval(block.Header.Time.UnixMs - parentTime.UnixMs);
            _logger.Committed(block.Height, block.Hash, commit.Certificate.Round, transactions.Count);
        }

        // Otherwise sync was faster; either way the head is at this height or above.
        Invariant.Check(_chain.Head.Height >= block.Height);
        StartHeight();
    }

    private void FollowClock(BlockHeader header)
    {
        _clock.Committed(header);
        _metrics.SetClockOffset(_clock.OffsetMs ?? 0);
        if (_clock.IsOff && header.Height.Value % ClockWarningBlocks == 0)
        {
            _logger.ClockIsOff(-_clock.OffsetMs!.Value);
        }
    }

    private static Gas WeightOf(IReadOnlyList<Transaction> transactions) => transactions.Aggregate(
        default(Gas), static (sum, transaction) => sum + PoolSelection.WeightOf(transaction));

    private static void ThrowUnlessHarmless(CommitOutcome outcome, Block block)
    {
        if (outcome == CommitOutcome.Diverges)
        {
            throw new InvariantException(
                $"The council decided block {block.Height} {block.Hash} whose parent roots are not this node's own: "
                + $"state {block.Header.ParentStateRoot}, receipts {block.Header.ParentReceiptsRoot}.");
        }

        if (outcome == CommitOutcome.StorageFailed)
        {
            throw new IOException($"The block log did not take block {block.Height}.");
        }
    }
}

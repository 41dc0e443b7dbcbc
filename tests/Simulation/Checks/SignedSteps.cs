using EnergyChain.Consensus.Safety;
using EnergyChain.Consensus.State;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Simulation.Checks;

/// <summary>
/// What a node's journal has taken, by step, over all its processes: the block, and for a proposal its valid round.
/// </summary>
internal sealed class SignedSteps
{
    private readonly Dictionary<SignedStep, (Hash32? Block, Round? ValidRound)> _durable = [];

    public static (SignedStep Step, (Hash32? Block, Round? ValidRound) What)? Of(JournalRecord record) => record switch
    {
        JournalRecord.OwnVote { Vote: var vote } => (StepOf(vote), (vote.BlockHash, null)),
        JournalRecord.OwnProposal { Proposal: var proposal } =>
            (StepOf(proposal), (proposal.BlockHash, proposal.ValidRound)),
        _ => null,
    };

    public static SignedStep StepOf(Vote vote) => new(
        vote.Height, vote.Round, vote.Type == VoteType.Prevote ? RoundStep.Prevote : RoundStep.Precommit);

    public static SignedStep StepOf(Proposal proposal) => new(proposal.Height, proposal.Round, RoundStep.Propose);

    /// <summary>Takes note of a record that is durable; false where another is there for its step.</summary>
    public bool Add(JournalRecord record) =>
        Of(record) is not { } signed
        || _durable.TryAdd(signed.Step, signed.What)
        || _durable[signed.Step] == signed.What;

    public bool Holds(SignedStep step, Hash32? block, Round? validRound) =>
        _durable.TryGetValue(step, out (Hash32? Block, Round? ValidRound) known) && known == (block, validRound);

    /// <summary>The durable steps above a height.</summary>
    public IEnumerable<SignedStep> Above(Height height) => _durable.Keys.Where(step => step.Height > height);

    /// <summary>Forgets what was, for a node whose journal is known to be lost.</summary>
    public void Prune(Height below)
    {
        foreach (SignedStep old in _durable.Keys.Where(step => step.Height < below).ToArray())
        {
            _durable.Remove(old);
        }
    }
}

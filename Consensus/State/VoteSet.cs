using EnergyChain.Consensus.Rules;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.State;

/// <summary>
/// The votes of one type in one round. The first vote of each member is kept; a later, different one only where it is
/// for a proposed block, because the quorum that others have seen may count it. Memory is bounded by the council.
/// </summary>
internal sealed class VoteSet(Council council, MachineRules rules)
{
    private readonly Vote?[] _first = new Vote?[council.Count];
    private readonly Dictionary<Hash32, List<Vote>> _forBlocks = [];
    private readonly List<Vote> _forNil = [];
    private int _voters;

    /// <summary>The block with votes of more than two thirds; null for none.</summary>
    public Hash32? QuorumBlock { get; private set; }

    /// <summary>2f + 1 votes for nil.</summary>
    public bool HasQuorumForNil => rules.IsQuorum(council, _forNil.Count);

    /// <summary>2f + 1 votes for whatever ("*" in the paper).</summary>
    public bool HasQuorumForAny => rules.IsQuorum(council, _voters);

    /// <summary>
    /// Whether 2f + 1 have voted and no block can get 2f + 1 votes any more, unless members vote twice: to wait for
    /// the rest is of no use.
    /// </summary>
    public bool IsLostForBlocks
    {
        get
        {
            int most = _forBlocks.Values.Select(votes => votes.Count).DefaultIfEmpty().Max();
            return HasQuorumForAny && !rules.IsQuorum(council, most + _first.Length - _voters);
        }
    }

    /// <summary>The first vote of a member; null where it has not voted.</summary>
    public Vote? FirstOf(int validator) => _first[validator];

    /// <summary>The first votes, by member.</summary>
    public IReadOnlyList<Vote> FirstVotes => [.. _first.OfType<Vote>()];

    /// <summary>All that a peer needs to see what we see: the first votes and those of the quorum, by member.</summary>
    public IReadOnlyList<Vote> ToTell()
    {
        IReadOnlyList<Vote> quorum = QuorumBlock is { } block ? VotesForBlock(block) : [];
        return [.. _first.OfType<Vote>(), .. quorum.Where(vote => !ReferenceEquals(_first[vote.Validator], vote))];
    }

    /// <summary>Whether adding the vote would change anything, evidence included. False for no member.</summary>
    public bool IsNew(Vote vote) =>
        vote.Validator < 0 || vote.Validator >= _first.Length ? false
        : _first[vote.Validator] is null || !VotesFor(vote.BlockHash).Any(known => known.Validator == vote.Validator);

    /// <summary>Votes for a block, ordered by member.</summary>
    public IReadOnlyList<Vote> VotesForBlock(Hash32 block) => [.. VotesFor(block).OrderBy(vote => vote.Validator)];

    /// <summary>Adds a vote that the member has not cast before.</summary>
    /// <param name="vote">The vote; its member is in the council.</param>
    /// <param name="blockIsProposed">Whether a proposal for its block is known in its round.</param>
    /// <param name="contradicted">The member's first vote, where it differs.</param>
    /// <returns>Whether the vote was counted.</returns>
    public bool Add(Vote vote, bool blockIsProposed, out Vote? contradicted)
    {
        contradicted = null;
        if (!IsNew(vote))
        {
            return false;
        }

        if (_first[vote.Validator] is { } first)
        {
            contradicted = first;
            if (!blockIsProposed)
            {
                return false;
            }
        }
        else
        {
            _first[vote.Validator] = vote;
            _voters++;
        }

        Count(vote);
        return true;
    }

    private void Count(Vote vote)
    {
        if (vote.BlockHash is not { } block)
        {
            _forNil.Add(vote);
            return;
        }

        if (!_forBlocks.TryGetValue(block, out List<Vote>? votes))
        {
            _forBlocks[block] = votes = [];
        }

        votes.Add(vote);
        if (QuorumBlock is null && rules.IsQuorum(council, votes.Count))
        {
            QuorumBlock = block;
        }
    }

    private List<Vote> VotesFor(Hash32? block) =>
        block is not { } hash ? _forNil : _forBlocks.TryGetValue(hash, out List<Vote>? votes) ? votes : [];
}

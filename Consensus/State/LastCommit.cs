using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.State;

/// <summary>
/// The precommits of the height before. Late ones are still taken, so that the certificate in the next block names
/// every member that took part and not just the fastest quorum: proposers are chosen among its signers.
/// </summary>
internal sealed class LastCommit(Height height, Round round, Hash32 block, VoteSet precommits)
{
    public Height Height { get; } = height;

    public CommitCertificate Certificate => Build(Height, round, block, precommits);

    public IReadOnlyList<Vote> Votes => precommits.VotesForBlock(block);

    /// <summary>The certificate that the votes for a decided block make.</summary>
    public static CommitCertificate Build(Height height, Round round, Hash32 block, VoteSet precommits)
    {
        IReadOnlyList<Vote> votes = precommits.VotesForBlock(block);
        return new CommitCertificate(
            height,
            round,
            block,
            [.. votes.Select(vote => vote.Validator)],
            [.. votes.Select(vote => vote.Signature)]);
    }

    public bool Wants(Vote vote) =>
        vote.Height == Height
        && vote.Type == VoteType.Precommit
        && vote.Round == round
        && vote.BlockHash == block
        && precommits.IsNew(vote);

    public void Add(Vote vote)
    {
        if (Wants(vote))
        {
            precommits.Add(vote, blockIsProposed: true, out _);
        }
    }
}

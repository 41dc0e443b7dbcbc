using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Nodes;

/// <summary>Signs with a member's key whatever it is told to.</summary>
internal sealed class Forger(World world, SimNode node, SeededRandom random)
{
    private static readonly uint[] RoundsAhead = [1, 2, 10, 63, 64, 65, 1_000, 1_000_000];

    private Hash32 _lastBlock;

    /// <summary>Another message for the same step, signed.</summary>
    public ConsensusMessage Contradict(ConsensusMessage message) => message switch
    {
        ConsensusMessage.OfVote { Value: var vote } => new ConsensusMessage.OfVote(Contradict(vote)),
        ConsensusMessage.OfProposal { Value: var proposal } => Sign(
            proposal, Change(proposal.Header, proposal.Header.Time.AddMs(1), proposal.Header.ParentStateRoot)),
        _ => message,
    };

    /// <summary>A proposal with a state root that no execution gives; votes as they are.</summary>
    public ConsensusMessage WithFalseRoots(ConsensusMessage message) => message is ConsensusMessage.OfProposal proposal
        ? Sign(proposal.Value, Change(proposal.Value.Header, proposal.Value.Header.Time, RandomHash()))
        : message;

    /// <summary>A vote of a height or round to come.</summary>
    public ConsensusMessage FarAhead(Vote vote)
    {
        Height height = random.Below(3) == 0
            ? new Height(vote.Height.Value + (ulong)random.Between(1, 3))
            : vote.Height;
        Round round = new(unchecked(vote.Round.Value + random.Pick(RoundsAhead)));
        return new ConsensusMessage.OfVote(Sign(vote.Type, height, round, random.Chance(50) ? RandomHash() : null));
    }

    private Vote Contradict(Vote vote)
    {
        Hash32 other = _lastBlock;
        _lastBlock = vote.BlockHash ?? _lastBlock;
        bool isForBlock = vote.BlockHash is null || random.Chance(30);
        return Sign(vote.Type, vote.Height, vote.Round, isForBlock ? (other.IsZero ? RandomHash() : other) : null);
    }

    private Vote Sign(VoteType type, Height height, Round round, Hash32? block)
    {
        byte[] bytes = Vote.SignedBytes(type, height, round, block);
        Signature signature = node.Key.Sign(SigningDomain.Vote, world.Genesis.ChainId, bytes);
        return new Vote(type, height, round, block, node.Member, signature);
    }

    private ConsensusMessage.OfProposal Sign(Proposal proposal, BlockHeader header)
    {
        byte[] bytes = Proposal.SignedBytes(header.Height, proposal.Round, proposal.ValidRound, header.Hash);
        Signature signature = node.Key.Sign(SigningDomain.Proposal, world.Genesis.ChainId, bytes);
        return new ConsensusMessage.OfProposal(proposal with { Header = header, Signature = signature });
    }

    private static BlockHeader Change(BlockHeader header, BlockTime time, Hash32 stateRoot) => new()
    {
        Version = header.Version,
        ChainId = header.ChainId,
        Height = header.Height,
        Time = time,
        ParentHash = header.ParentHash,
        TransactionsRoot = header.TransactionsRoot,
        ParentStateRoot = stateRoot,
        ParentReceiptsRoot = header.ParentReceiptsRoot,
        ParentGasUsed = header.ParentGasUsed,
        TermHash = header.TermHash,
        NextTermHash = header.NextTermHash,
        Proposer = header.Proposer,
        LastCertificateHash = header.LastCertificateHash,
        EvidenceRoot = header.EvidenceRoot,
    };

    private Hash32 RandomHash()
    {
        byte[] bytes = new byte[Hash32.Size];
        for (int i = 0; i < bytes.Length; i += sizeof(ulong))
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(i), random.Next());
        }

        return new Hash32(bytes);
    }
}

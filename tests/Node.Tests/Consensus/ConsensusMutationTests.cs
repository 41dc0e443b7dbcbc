using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;

namespace EnergyChain.Node.Tests.Consensus;

/// <summary>
/// One member sends, in place of every message of its own, messages changed in many ways, as well signed as it can. The
/// others must neither throw nor stop.
/// </summary>
public sealed class ConsensusMutationTests
{
    private const int Liar = 3;
    private const int MutantsPerMessage = 12;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void ASA_2024_011_chain_goes_on_whatever_one_member_sends(int seed)
    {
        using HostCluster cluster = new(4);
        Random random = new(seed);
        int sent = 0;
        cluster.Loses = (from, to, message) =>
        {
            if (from.Index != Liar)
            {
                return false;
            }

            foreach (ConsensusMessage mutant in Mutants(message, from.Key, random))
            {
                sent++;
                cluster.Later(from, to, () => to.Host?.Deliver(from.Peer, mutant));
            }

            return true;
        };
        cluster.StartAll();

        bool reached = cluster.RunUntil(
            () => cluster.Nodes.Where(node => node.Index != Liar).All(node => node.Chain.Head.Height.Value >= 8),
            120_000);
        Assert.That(reached, Is.True);
        Assert.That(sent, Is.GreaterThan(100));
    }

    private static IEnumerable<ConsensusMessage> Mutants(ConsensusMessage message, SigningKey key, Random random)
    {
        for (int i = 0; i < MutantsPerMessage; i++)
        {
            ConsensusMessage? mutant = message switch
            {
                ConsensusMessage.OfVote vote => random.Next(3) == 0
                    ? Flipped<Vote>(vote.Value, random) is { } flipped ? new ConsensusMessage.OfVote(flipped) : null
                    : new ConsensusMessage.OfVote(Signed(vote.Value, key, random)),
                ConsensusMessage.OfProposal proposal => random.Next(3) == 0
                    ? Flipped<Proposal>(proposal.Value, random) is { } flipped
                        ? new ConsensusMessage.OfProposal(flipped)
                        : null
                    : new ConsensusMessage.OfProposal(Signed(proposal.Value, key, random)),
                ConsensusMessage.OfEvidence evidence => Flipped<Evidence>(evidence.Value, random) is { } flipped
                    ? new ConsensusMessage.OfEvidence(flipped)
                    : null,
                _ => null,
            };
            if (mutant is not null)
            {
                yield return mutant;
            }
        }
    }

    private static T? Flipped<T>(T value, Random random)
        where T : class, IBcsValue<T>
    {
        byte[] bytes = Bcs.Encode(value);
        for (int i = 0; i < random.Next(1, 4); i++)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return Bcs.TryDecode(bytes, out T? flipped, out _) ? flipped : null;
    }

    private static Vote Signed(Vote vote, SigningKey key, Random random)
    {
        Vote changed = vote with
        {
            Type = random.Next(2) == 0 ? VoteType.Prevote : VoteType.Precommit,
            Height = HeightNear(vote.Height, random),
            Round = RoundNear(vote.Round, random),
            BlockHash = random.Next(3) == 0 ? vote.BlockHash : random.Next(2) == 0 ? null : Hash32.Zero,
            Validator = random.Next(2) == 0 ? vote.Validator : random.Next(Limits.MaxCouncilMembers),
        };
        byte[] signed = Vote.SignedBytes(changed.Type, changed.Height, changed.Round, changed.BlockHash);
        return changed with { Signature = key.Sign(SigningDomain.Vote, new ChainId(7), signed) };
    }

    private static Proposal Signed(Proposal proposal, SigningKey key, Random random)
    {
        BlockHeader header = proposal.Header;
        Proposal changed = proposal with
        {
            Round = RoundNear(proposal.Round, random),
            ValidRound = random.Next(2) == 0 ? null : RoundNear(proposal.Round, random),
            Header = random.Next(3) == 0 ? header : Flipped<BlockHeader>(header, random) ?? header,
            LastCertificate = random.Next(3) == 0 ? null : proposal.LastCertificate,
            TransactionIds = random.Next(2) == 0 ? proposal.TransactionIds : [Hash32.Zero, Hash32.Zero],
        };
        byte[] signed = Proposal.SignedBytes(
            changed.Height, changed.Round, changed.ValidRound, changed.BlockHash);
        return changed with { Signature = key.Sign(SigningDomain.Proposal, header.ChainId, signed) };
    }

    private static Height HeightNear(Height height, Random random) => new(random.Next(6) switch
    {
        0 => 0,
        1 => height.Value - 1,
        2 => height.Value + 1,
        3 => ulong.MaxValue,
        _ => height.Value,
    });

    private static Round RoundNear(Round round, Random random) => new(random.Next(6) switch
    {
        0 => round.Value + 1,
        1 => round.Value + Limits.MaxRoundsAhead,
        2 => uint.MaxValue,
        3 => uint.MaxValue - 1,
        _ => round.Value,
    });
}

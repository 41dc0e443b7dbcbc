using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;

namespace EnergyChain.Node.Tests.Consensus;

/// <summary>
/// CometBFT panicked on an index out of bounds (ASA-2024-011) and on bit arrays that did not match (ASA-2025-003):
/// every message of a running chain, changed in each field to what nobody sends, and with every byte changed, is
/// dropped without a trace.
/// </summary>
[TestFixture]
internal sealed class MessageMutationTests
{
    private static readonly Hash32 OtherHash = Blake2b.Hash([7]);

    [Test]
    [Property("Incident", "CometBFT ASA-2024-011, ASA-2025-001, -003")]
    public void Messages_changed_in_any_field_or_byte_harm_nothing()
    {
        using HostCluster cluster = new(4);
        List<ConsensusMessage> sent = [];
        cluster.Loses = (_, _, message) =>
        {
            sent.Add(message);
            return false;
        };
        cluster.StartAll();
        Assert.That(cluster.Reaches(4, 10_000));
        int mutants = 0;
        HostNode target = cluster.Nodes[0];
        for (int i = 0; i < 8; i++)
        {
            ConsensusMessage[] live = [.. sent.TakeLast(40).DistinctBy(message => message.ToString())];
            sent.Clear();
            foreach (ConsensusMessage mutant in live.SelectMany(Mutants).Append(OfEvidence(cluster.Nodes[1])))
            {
                target.Host!.Deliver(cluster.Nodes[1].Peer, mutant);
                target.Host.Pump();
                mutants++;
            }

            cluster.RunFor(270);
        }

        Assert.That(mutants, Is.GreaterThan(1_000));
        ulong height = RecoveryTests.Highest(cluster);
        Assert.That(cluster.Reaches(height + 4, 6_000), "the chain goes on");
        Assert.That(target.Log.Lines.Where(line => line.Contains("convicted", StringComparison.Ordinal)), Is.Empty);
    }

    private static IEnumerable<ConsensusMessage> Mutants(ConsensusMessage message) => message switch
    {
        ConsensusMessage.OfVote { Value: var vote } => Fields(vote).Concat(Bytes(vote))
            .Select(mutant => new ConsensusMessage.OfVote(mutant)),
        ConsensusMessage.OfProposal { Value: var proposal } => Fields(proposal).Concat(Bytes(proposal))
            .Select(mutant => new ConsensusMessage.OfProposal(mutant)),
        _ => [],
    };

    private static IEnumerable<Vote> Fields(Vote vote)
    {
        foreach (int validator in new[] { -1, 4, 127, int.MaxValue, int.MinValue })
        {
            yield return vote with { Validator = validator };
        }

        foreach (ulong height in new[] { 0ul, vote.Height.Value - 1, vote.Height.Value + 1, ulong.MaxValue })
        {
            yield return vote with { Height = new Height(height) };
        }

        foreach (uint round in new[] { 1u, 64u, 65u, uint.MaxValue })
        {
            yield return vote with { Round = new Round(round) };
        }

        yield return vote with { BlockHash = vote.BlockHash is null ? OtherHash : null };
    }

    private static IEnumerable<Proposal> Fields(Proposal proposal)
    {
        foreach (uint round in new[] { 1u, 64u, 65u, uint.MaxValue })
        {
            yield return proposal with { Round = new Round(round) };
            yield return proposal with { ValidRound = new Round(round) };
        }

        yield return proposal with { TransactionIds = [OtherHash] };
        yield return proposal with { LastCertificate = null };
        if (proposal.LastCertificate is { } certificate)
        {
            foreach (int[] signers in new int[][] { [], [127], [0, 1, 127], [0, 1, 2, 3, 4] })
            {
                Signature[] signatures = new Signature[signers.Length];
                yield return proposal with
                {
                    LastCertificate = certificate with { Signers = signers, Signatures = signatures },
                };
            }
        }
    }

    // Two votes that contradict each other and are of no member.
    private static ConsensusMessage.OfEvidence OfEvidence(HostNode node)
    {
        Vote one = new(VoteType.Prevote, node.Chain.Head.Height, Round.Zero, null, 127, default);
        return new ConsensusMessage.OfEvidence(new Evidence.DoubleVote(one, one with { BlockHash = OtherHash }));
    }

    private static IEnumerable<T> Bytes<T>(T value)
        where T : class, IBcsValue<T>
    {
        byte[] bytes = Bcs.Encode(value);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 0x81;
            if (Bcs.TryDecode(changed, out T? mutant, out _))
            {
                yield return mutant;
            }
        }
    }
}

using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Consensus;

/// <summary>Councils and parameters that change while the chain goes on, over whole nodes.</summary>
public sealed class TermChangeTests
{
    [Test]
    public void Added_member_votes_and_removed_one_follows_from_the_second_height_on()
    {
        using HostCluster cluster = new(5, members: 4);
        cluster.Govern = AtHeight(5, terms => terms.Last, 0, 1, 2, 4);
        cluster.StartAll();

        Assert.That(cluster.Reaches(20, 30_000));
        Block[] blocks = [.. Blocks(cluster.Nodes[3], 1, 20)];
        Term old = cluster.Nodes[0].Chain.Genesis.Term;
        Term now = cluster.Nodes[0].Chain.Head.Term;
        Assert.That(MembersOf(now, cluster), Is.EqualTo(new[] { 0, 1, 2, 4 }));
        Assert.That(blocks.Where(block => block.Header.TermHash == old.Hash).Select(block => block.Height.Value).Max(),
            Is.EqualTo(6));
        Assert.That(blocks[5].NextTerm!.Hash, Is.EqualTo(now.Hash), "block 6 announces the term of 7");
        Assert.That(blocks.Count(block => block.NextTerm is not null), Is.EqualTo(1));
        IEnumerable<Address> proposers = blocks.Skip(7).Select(block => block.Header.Proposer);
        Assert.That(proposers.Distinct(), Is.EquivalentTo(
            new[] { 0, 1, 2, 4 }.Select(index => cluster.Nodes[index].Key.Address)));
        Assert.That(blocks.Skip(8).Select(block => block.LastCertificate!.Signers.Count), Has.All.EqualTo(4));
        Assert.That(IntervalsOf(blocks[2..]), Has.All.EqualTo(1_000), "no block is late for the change");
    }

    [Test]
    public void Certificates_of_changes_alone_prove_the_head()
    {
        using HostCluster cluster = new(6, members: 4);
        cluster.Govern = (block, terms) => AtHeight(4, Same, 1, 2, 3, 4)(block, terms)
            ?? AtHeight(5, Same, 0, 5)(block, terms)
            ?? AtHeight(8, Same, 0, 1, 2, 3, 4, 5)(block, terms);
        cluster.StartAll();
        Assert.That(cluster.Reaches(14, 30_000));

        FakeChain chain = cluster.Nodes[0].Chain;
        TermChain proof = new(chain.Genesis);
        foreach (Block block in Blocks(cluster.Nodes[0], 1, 13).Where(block => block.NextTerm is not null))
        {
            chain.TryGetBlock(block.Height, out CommittedBlock? committed);
            Assert.That(proof.Extend(TermLink.Of(committed!)!), Is.EqualTo(TermVerdict.Holds), $"{block.Height}");
        }

        chain.TryGetBlock(new Height(14), out CommittedBlock? head);
        Assert.That(proof.Prove(head!.Block.Header, head.Certificate), Is.EqualTo(TermVerdict.Holds));
        Assert.That(proof.History.Starts, Has.Count.EqualTo(4));
    }

    [Test]
    public void Council_shrinks_to_one_and_grows_again()
    {
        using HostCluster cluster = new(4);
        cluster.Govern = (block, terms) =>
            AtHeight(4, Same, 2)(block, terms) ?? AtHeight(9, Same, 0, 1, 2, 3)(block, terms);
        cluster.StartAll();

        Assert.That(cluster.Reaches(20, 30_000));
        Block[] blocks = [.. Blocks(cluster.Nodes[0], 1, 20)];
        Assert.That(blocks[6..10].Select(block => block.Header.Proposer),
            Has.All.EqualTo(cluster.Nodes[2].Key.Address));
        Assert.That(blocks[^1].LastCertificate!.Signers, Has.Count.EqualTo(4));
    }

    [Test]
    public void Interval_changes_with_the_term()
    {
        using HostCluster cluster = new(4);
        cluster.Govern = (block, terms) => block.Height.Value == 5
            ? new Term(terms.Last.Council, terms.Last.Parameters with { BlockIntervalMs = 400 })
            : null;
        cluster.StartAll();

        Assert.That(cluster.Reaches(16, 20_000));
        Block[] blocks = [.. Blocks(cluster.Nodes[0], 3, 16)];
        Assert.That(IntervalsOf(blocks[..4]), Has.All.EqualTo(1_000), "up to height 6");
        Assert.That(IntervalsOf(blocks[3..]), Has.All.EqualTo(400), "from height 7 on");
    }

    [Test]
    public void Offender_is_suspended_and_its_votes_count_for_nothing()
    {
        using HostCluster cluster = new(4);
        cluster.Govern = WithoutOffenders;
        cluster.StartAll();
        Assert.That(cluster.Reaches(4, 10_000));
        Deliver(cluster, Conviction(cluster.Nodes[1], 3, cluster.Nodes[1].Index));

        Assert.That(cluster.RunUntil(() => cluster.Nodes[0].Chain.Head.Council.Count == 3, 5_000));
        ulong from = cluster.Nodes[0].Chain.Head.Height.Value + 1;
        Assert.That(cluster.Reaches(from + 10, 15_000));
        Block[] blocks = [.. Blocks(cluster.Nodes[1], from, from + 10)];
        Assert.That(MembersOf(cluster.Nodes[0].Chain.Head.Term, cluster), Is.EqualTo(new[] { 0, 2, 3 }));
        Assert.That(blocks.Select(block => block.Header.Proposer),
            Has.None.EqualTo(cluster.Nodes[1].Key.Address));
        Assert.That(blocks[2..].Select(block => block.LastCertificate!.Signers.Count), Has.All.EqualTo(3));

        // With one more silent, the suspended one's vote would have to make up for it.
        cluster.Nodes[0].Kill();
        ulong head = cluster.Nodes[2].Chain.Head.Height.Value;
        cluster.RunFor(8_000);
        Assert.That(cluster.Nodes[2].Chain.Head.Height.Value, Is.LessThanOrEqualTo(head + 1));
    }

    // Member 3 of the first council has index 2 in the second, and index 3 is nobody there.
    [Test]
    public void Evidence_of_an_earlier_council_convicts_by_that_councils_indexes()
    {
        using HostCluster cluster = new(4);
        List<PublicKey> convicted = [];
        cluster.Govern = (block, terms) =>
        {
            convicted.AddRange(block.Evidence.Select(
                piece => terms.At(piece.Height).Council[piece.Offender].PublicKey));
            return AtHeight(4, Same, 1, 2, 3)(block, terms);
        };
        cluster.StartAll();
        Assert.That(cluster.Reaches(9, 15_000));
        Assert.That(cluster.Nodes[1].Chain.Head.Council.Count, Is.EqualTo(3));
        Deliver(cluster, Conviction(cluster.Nodes[3], 4, 3));

        Assert.That(cluster.Reaches(14, 15_000));
        Assert.That(convicted.Distinct(), Is.EqualTo(new[] { cluster.Nodes[3].Key.PublicKey }));
        Evidence piece = Blocks(cluster.Nodes[1], 9, 14).SelectMany(block => block.Evidence).Single();
        Assert.That(piece.Height, Is.EqualTo(new Height(4)));
    }

    // It would convict nobody, and were the member to come back by a vote, the wrong one.
    [Test]
    public void Evidence_of_a_removed_member_is_not_included_and_stops_nothing()
    {
        using HostCluster cluster = new(4);
        cluster.Govern = (block, terms) =>
            AtHeight(4, Same, 0, 1, 2)(block, terms) ?? AtHeight(10, Same, 0, 1, 2, 3)(block, terms);
        cluster.StartAll();
        Assert.That(cluster.Reaches(9, 15_000));
        Deliver(cluster, Conviction(cluster.Nodes[3], 5, 3));
        Assert.That(cluster.Reaches(13, 15_000));
        Assert.That(cluster.Nodes[0].Chain.Head.Council.Count, Is.EqualTo(4), "back from height 12 on");
        Deliver(cluster, Conviction(cluster.Nodes[3], 5, 3));

        Assert.That(cluster.Reaches(17, 15_000));
        Assert.That(Blocks(cluster.Nodes[3], 6, 17).SelectMany(block => block.Evidence), Is.Empty);
    }

    // After the change the index of the removed member is another's, or nobody's: its signature fits neither.
    [Test]
    public void Evidence_by_todays_indexes_for_an_earlier_height_is_refused()
    {
        using HostCluster cluster = new(4);
        cluster.Govern = AtHeight(4, Same, 1, 2, 3);
        cluster.StartAll();
        Assert.That(cluster.Reaches(9, 15_000));
        Deliver(cluster, Conviction(cluster.Nodes[3], 4, 2));

        Assert.That(cluster.Reaches(14, 15_000));
        Assert.That(Blocks(cluster.Nodes[1], 9, 14).SelectMany(block => block.Evidence), Is.Empty);
    }

    [Test]
    public void Members_that_restart_after_a_change_go_on_by_the_new_term()
    {
        using HostCluster cluster = new(5, members: 4);
        cluster.Govern = AtHeight(5, Same, 1, 2, 3, 4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(7, 15_000));
        foreach (HostNode node in cluster.Nodes)
        {
            node.Kill();
        }

        cluster.RunFor(2_000);
        cluster.StartAll();
        Assert.That(cluster.Reaches(14, 20_000));
        Assert.That(Blocks(cluster.Nodes[0], 10, 14).Select(block => block.LastCertificate!.Signers.Count),
            Has.All.EqualTo(4));
    }

    private static Term Same(TermHistory terms) => terms.Last;

    private static Func<Block, TermHistory, Term?> AtHeight(
        ulong height, Func<TermHistory, Term> parametersOf, params int[] members) =>
        (block, terms) => block.Height.Value == height
            ? new Term(
                new Council(members.Select(member => new CouncilMember(TestKeys.Of(member).PublicKey))),
                parametersOf(terms).Parameters)
            : null;

    private static Term? WithoutOffenders(Block block, TermHistory terms)
    {
        HashSet<PublicKey> convicted = [.. block.Evidence.Select(
            piece => terms.At(piece.Height).Council[piece.Offender].PublicKey)];
        return convicted.Count == 0
            ? null
            : new Term(
                new Council(terms.Last.Council.Members.Where(member => !convicted.Contains(member.PublicKey))),
                terms.Last.Parameters);
    }

    private static void Deliver(HostCluster cluster, Evidence piece)
    {
        foreach (HostNode node in cluster.Nodes)
        {
            node.Host!.Deliver(cluster.Nodes[0].Peer, new ConsensusMessage.OfEvidence(piece));
        }
    }

    private static Evidence Conviction(HostNode offender, ulong height, int index)
    {
        Vote[] votes = [.. new Hash32?[] { null, Blake2b.Hash([1]) }.Select(block =>
        {
            byte[] bytes = Vote.SignedBytes(VoteType.Prevote, new Height(height), Round.Zero, block);
            Signature signature = offender.Key.Sign(SigningDomain.Vote, offender.Chain.Genesis.ChainId, bytes);
            return new Vote(VoteType.Prevote, new Height(height), Round.Zero, block, index, signature);
        })];
        return Evidence.Of(votes[0], votes[1])!;
    }

    private static int[] MembersOf(Term term, HostCluster cluster) =>
    [
        .. term.Council.Members.Select(member => cluster.Nodes.Single(
            node => node.Key.PublicKey == member.PublicKey).Index),
    ];

    private static IEnumerable<Block> Blocks(HostNode node, ulong from, ulong to)
    {
        for (ulong height = from; height <= to; height++)
        {
            Assert.That(node.Chain.TryGetBlock(new Height(height), out CommittedBlock? block), $"{height}");
            yield return block!.Block;
        }
    }

    private static IEnumerable<ulong> IntervalsOf(Block[] blocks) => blocks.Zip(
        blocks.Skip(1), (before, after) => after.Header.Time.UnixMs - before.Header.Time.UnixMs);
}

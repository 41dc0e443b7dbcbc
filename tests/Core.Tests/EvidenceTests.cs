using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

public sealed class EvidenceTests
{
    private static readonly ChainId Chain = new(7);
    private static readonly Hash32 Block = Blake2b.Hash([1]);
    private static readonly SigningKey[] Keys = [.. Enumerable.Range(1, 4).Select(TestKeys.Of)];
    private static readonly Council Council = new(Keys.Select(key => new CouncilMember(key.PublicKey)));

    [Test]
    public void Double_vote_needs_two_contradicting_votes_of_one_member()
    {
        Vote one = SignedVote(1, Block);
        Vote other = SignedVote(1, null);

        Assert.That(Evidence.Of(one, other)!.Verify(Chain, Council), Is.True);
        Assert.That(Evidence.Of(other, one), Is.EqualTo(Evidence.Of(one, other)));
        Assert.That(
            Evidence.Of(one, other)!.Offence,
            Is.EqualTo(new Offence(new Height(5), Round.Zero, OffenceKind.DoublePrecommit, 1)));
        Assert.That(Evidence.Of(one, one), Is.Null);
        Assert.That(Evidence.Of(one, SignedVote(2, null)), Is.Null);
        Evidence forged = Evidence.Of(one, other with { Signature = one.Signature })!;
        Assert.That(forged.Verify(Chain, Council), Is.False);
    }

    [Test]
    public void Double_proposal_needs_two_contradicting_proposals_of_one_member()
    {
        SignedProposal one = SignedProposal(1, Block, null);
        SignedProposal otherBlock = SignedProposal(1, Blake2b.Hash([2]), null);
        SignedProposal otherRound = SignedProposal(1, Block, new Round(1));
        Assert.Multiple(() =>
        {
            Assert.That(Evidence.Of(one, otherBlock)!.Verify(Chain, Council), Is.True);
            Assert.That(Evidence.Of(one, otherRound)!.Verify(Chain, Council), Is.True);
            Assert.That(Evidence.Of(otherRound, one), Is.EqualTo(Evidence.Of(one, otherRound)));
            Assert.That(
                Evidence.Of(one, otherBlock)!.Offence,
                Is.EqualTo(new Offence(new Height(5), new Round(2), OffenceKind.DoubleProposal, 1)));
            Assert.That(Evidence.Of(one, one), Is.Null);
            Assert.That(Evidence.Of(one, otherBlock with { Height = new Height(6) }), Is.Null);
            Assert.That(Evidence.Of(one, otherBlock with { Round = new Round(3) }), Is.Null);
            Assert.That(Evidence.Of(one, SignedProposal(2, Blake2b.Hash([2]), null)), Is.Null);
            Evidence forged = Evidence.Of(one, otherBlock with { Signature = one.Signature })!;
            Assert.That(forged.Verify(Chain, Council), Is.False);
            Assert.That(Evidence.Of(one, otherBlock)!.Verify(new ChainId(8), Council), Is.False, "another chain");
        });
    }

    [Test]
    public void Evidence_in_the_wrong_order_does_not_hold()
    {
        Evidence.DoubleVote votes = (Evidence.DoubleVote)Evidence.Of(SignedVote(1, Block), SignedVote(1, null))!;
        Assert.That(new Evidence.DoubleVote(votes.Second, votes.First).Verify(Chain, Council), Is.False);
        Evidence.DoubleProposal proposals = (Evidence.DoubleProposal)Evidence.Of(
            SignedProposal(1, Block, null), SignedProposal(1, Block, new Round(1)))!;
        Assert.That(new Evidence.DoubleProposal(proposals.Second, proposals.First).Verify(Chain, Council), Is.False);
    }

    [Test]
    public void Evidence_against_no_member_does_not_hold()
    {
        Vote one = SignedVote(1, Block) with { Validator = 4 };
        Assert.That(Evidence.Of(one, SignedVote(1, null) with { Validator = 4 })!.Verify(Chain, Council), Is.False);
    }

    [Test]
    public void Most_evidence_that_a_block_may_carry_fits_beside_a_certificate() =>
        ChainGen.Evidence.Array[Limits.MaxBlockEvidence].Sample(evidence => Assert.That(
            evidence.Sum(piece => Bcs.Encode(piece).Length) + (Limits.MaxCouncilMembers * (Signature.Size + 1)),
            Is.LessThan(Limits.BlockOverheadBytes / 2)));

    // Pins the protocol: the values were computed from docs/protocol.md with Python's hashlib and struct.
    [Test]
    public void Encodings_of_fixed_evidence_are_golden()
    {
        Hash32 block = new(Enumerable.Repeat((byte)0x11, Hash32.Size).ToArray());
        Signature one = new(Enumerable.Repeat((byte)0xaa, Signature.Size).ToArray());
        Signature other = new(Enumerable.Repeat((byte)0xbb, Signature.Size).ToArray());
        Evidence votes = new Evidence.DoubleVote(
            new Vote(VoteType.Precommit, new Height(5), new Round(2), null, 3, one),
            new Vote(VoteType.Precommit, new Height(5), new Round(2), block, 3, other));
        Evidence proposals = new Evidence.DoubleProposal(
            new SignedProposal(new Height(5), new Round(2), null, block, 3, one),
            new SignedProposal(new Height(5), new Round(2), new Round(1), block, 3, other));
        Assert.That(
            Blake2b.Hash(Bcs.Encode(votes)).ToString(),
            Is.EqualTo("0xe4da7de14508991be208fceef4e26ed7490bd4687b749933126b3ba4591ac9de"));
        Assert.That(
            Blake2b.Hash(Bcs.Encode(proposals)).ToString(),
            Is.EqualTo("0x2950227bcf41c8c96dbca27e40966140e29d272798c786e467d4700267d9302b"));
    }

    private static Vote SignedVote(int index, Hash32? hash)
    {
        byte[] signed = Vote.SignedBytes(VoteType.Precommit, new Height(5), Round.Zero, hash);
        Signature signature = Keys[index].Sign(SigningDomain.Vote, Chain, signed);
        return new Vote(VoteType.Precommit, new Height(5), Round.Zero, hash, index, signature);
    }

    private static SignedProposal SignedProposal(int index, Hash32 block, Round? validRound)
    {
        byte[] signed = Proposal.SignedBytes(new Height(5), new Round(2), validRound, block);
        Signature signature = Keys[index].Sign(SigningDomain.Proposal, Chain, signed);
        return new SignedProposal(new Height(5), new Round(2), validRound, block, index, signature);
    }
}

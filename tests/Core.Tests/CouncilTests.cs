using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

public sealed class CouncilTests
{
    private static readonly ChainId Chain = new(7);
    private static readonly Hash32 BlockHash = Blake2b.Hash([1]);

    [Test]
    [Property("Incident", "ICON")]
    public void Quorums_of_any_council_share_more_than_a_third()
    {
        for (int count = 1; count <= Limits.MaxCouncilMembers; count++)
        {
            Council council = CouncilOf(count, out _);
            int quorum = council.QuorumSize;
            int tolerated = (count - 1) / 3;
            Assert.That(council.IsQuorum(quorum), Is.True);
            Assert.That(council.IsQuorum(quorum - 1), Is.False);
            Assert.That((2 * quorum) - count, Is.GreaterThan(tolerated), $"two quorums of {count} share an honest one");
            Assert.That(count - tolerated, Is.GreaterThanOrEqualTo(quorum), $"{count} without its faulty can decide");
            Assert.That(council.HasHonest(tolerated), Is.False);
            Assert.That(council.HasHonest(count - quorum + 1), Is.True, $"who can block {count} has an honest one");
        }
    }

    [Test]
    public void Certificate_of_a_quorum_verifies_and_any_change_breaks_it()
    {
        Council council = CouncilOf(4, out SigningKey[] keys);
        CommitCertificate sound = Certify([0, 2, 3], keys);
        Assert.That(sound.Verify(Chain, council), Is.True);

        Assert.That(Certify([0, 2], keys).Verify(Chain, council), Is.False, "no quorum");
        Assert.That(sound.Verify(new ChainId(8), council), Is.False, "another chain");
        Assert.That((sound with { BlockHash = Blake2b.Hash([2]) }).Verify(Chain, council), Is.False, "another block");
        Assert.That((sound with { Round = new Round(1) }).Verify(Chain, council), Is.False, "another round");
        Assert.That((sound with { Height = new Height(6) }).Verify(Chain, council), Is.False, "another height");
        Assert.That((sound with { Signers = [0, 1, 3] }).Verify(Chain, council), Is.False, "another signer");
        Assert.That((sound with { Signers = [0, 2, 4] }).Verify(Chain, council), Is.False, "no such member");
        Assert.That(Certify([0, 2, 2], keys).Verify(Chain, council), Is.False, "one member twice");
        Assert.That(Certify([3, 2, 0], keys).Verify(Chain, council), Is.False, "another order than the one encoded");
        Assert.That(sound.Verify(Chain, CouncilOf(0, out _)), Is.False, "an empty council decides nothing");
    }

    [Test]
    public void Certificate_signers_are_ascending_whatever_bytes_arrive() => ChainGen.Certificate.Sample(certificate =>
        Assert.That(certificate.Signers, Is.Ordered.Ascending.And.Unique));

    private static Council CouncilOf(int count, out SigningKey[] keys)
    {
        keys = [.. Enumerable.Range(1, count).Select(TestKeys.Of)];
        return new Council(keys.Select(key => new CouncilMember(key.PublicKey)));
    }

    private static Vote SignedVote(SigningKey[] keys, int index, Hash32? hash)
    {
        byte[] signed = Vote.SignedBytes(VoteType.Precommit, new Height(5), Round.Zero, hash);
        Signature signature = keys[index].Sign(SigningDomain.Vote, Chain, signed);
        return new Vote(VoteType.Precommit, new Height(5), Round.Zero, hash, index, signature);
    }

    private static CommitCertificate Certify(int[] signers, SigningKey[] keys) => new(
        new Height(5),
        Round.Zero,
        BlockHash,
        signers,
        [.. signers.Select(index => SignedVote(keys, index, BlockHash).Signature)]);
}

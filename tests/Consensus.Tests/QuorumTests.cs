using CsCheck;
using EnergyChain.Consensus.State;
using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Tests;

public sealed class QuorumTests
{
    // ICON counted a half; Tendermint needs more than two thirds.
    [Test]
    public void Two_quorums_share_an_honest_member_and_f_silent_leave_one()
    {
        for (int size = 1; size <= 128; size++)
        {
            Council council = CouncilOf(size);
            int faulty = (size - 1) / 3;
            Assert.That(council.IsQuorum(council.QuorumSize), $"{size}");
            Assert.That(council.IsQuorum(council.QuorumSize - 1), Is.False, $"{size}");
            Assert.That((2 * council.QuorumSize) - size, Is.GreaterThan(faulty), $"{size}");
            Assert.That(council.QuorumSize, Is.LessThanOrEqualTo(size - faulty), $"{size}");
            Assert.That(council.HasHonest(faulty), Is.False, $"{size}");
            Assert.That(council.HasHonest(faulty + 1) || size % 3 != 1, $"{size}");
        }
    }

    [Test]
    public void Proposers_of_a_height_go_through_the_whole_council() =>
        Gen.Select(Gen.ULong[1, 1_000_000], Gen.Int[1, 30]).Sample((height, size) =>
        {
            ProposerSchedule schedule = new(new Height(height), CouncilOf(size), null);
            return Enumerable.Range(0, size).Select(round => schedule.ProposerOf(new Round((uint)round)))
                .Distinct().Count() == size;
        });

    [Test]
    public void Proposers_of_round_0_rotate_among_the_signers_of_the_last_certificate()
    {
        Council council = CouncilOf(4);
        CommitCertificate certificate = new(new Height(8), Round.Zero, default, [0, 1, 3], new Signature[3]);
        int[] first = [.. Enumerable.Range(9, 6).Select(height =>
            new ProposerSchedule(new Height((ulong)height), council, certificate).ProposerOf(Round.Zero))];
        Assert.That(first, Is.EqualTo(new[] { 0, 1, 3, 0, 1, 3 }));
    }

    [Test]
    public void Signers_that_are_no_quorum_of_a_grown_council_make_all_members_active()
    {
        CommitCertificate certificate = new(new Height(8), Round.Zero, default, [0, 1, 3], new Signature[3]);
        Assert.That(
            new ProposerSchedule(new Height(9), CouncilOf(7), certificate).Active,
            Is.EqualTo(Enumerable.Range(0, 7)));
    }

    // GoQuorum#1681 and Besu#7642 doubled without an end.
    [TestCase(TimeoutKind.Propose, 0u, 800u)]
    [TestCase(TimeoutKind.Prevote, 0u, 400u)]
    [TestCase(TimeoutKind.Precommit, 2u, 1_000u)]
    [TestCase(TimeoutKind.Propose, 14u, 5_000u)]
    [TestCase(TimeoutKind.Propose, uint.MaxValue, 5_000u)]
    public void Timeouts_grow_by_round_to_their_cap(TimeoutKind kind, uint round, uint expectedMs) =>
        Assert.That(new TimeoutDurations().Of(kind, new Round(round)), Is.EqualTo(expectedMs));

    private static Council CouncilOf(int size) => new(Enumerable.Range(0, size).Select(index =>
    {
        byte[] key = new byte[PublicKey.Size];
        key[0] = (byte)index;
        return new CouncilMember(new PublicKey(key));
    }));
}

using CsCheck;
using EnergyChain.Consensus.State;
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

    // GoQuorum#1681 and Besu#7642 doubled without an end.
    [TestCase(TimeoutKind.Propose, 0u, 800u)]
    [TestCase(TimeoutKind.Prevote, 0u, 400u)]
    [TestCase(TimeoutKind.Precommit, 2u, 1_000u)]
    [TestCase(TimeoutKind.Propose, 14u, 5_000u)]
    [TestCase(TimeoutKind.Propose, uint.MaxValue, 5_000u)]
    [Property("Incident", "besu#7642, GoQuorum#1681")]
    public void Timeouts_grow_by_round_to_their_cap(TimeoutKind kind, uint round, uint expectedMs) =>
        Assert.That(new TimeoutDurations().Of(kind, new Round(round)), Is.EqualTo(expectedMs));

    private static Council CouncilOf(int size) => new(Enumerable.Range(0, size).Select(index =>
    {
        byte[] key = new byte[PublicKey.Size];
        key[0] = (byte)index;
        return new CouncilMember(new PublicKey(key));
    }));
}

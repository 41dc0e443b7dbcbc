using CsCheck;
using EnergyChain.Consensus.Validators;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Tests;

/// <summary>Who proposes, over chains of blocks whose certificates name whom we say.</summary>
public sealed class ProposerTests
{
    private static readonly Gen<(int Size, ulong Start, int[] Faulty)> Faults =
        from size in Gen.Int[1, 10]
        from start in Gen.ULong[1, 40]
        from faulty in Gen.Shuffle(Enumerable.Range(0, size).ToArray(), 0, (size - 1) / 3)
        select (size, start, faulty);

    [Test]
    public void Every_member_proposes_in_its_turn_while_all_are_up()
    {
        for (int size = 1; size <= 10; size++)
        {
            TurnChain chain = new(size);
            chain.Run(40);
            Assert.That(
                chain.Turns.Select(turn => turn.Proposer),
                Is.EqualTo(chain.Turns.Select(turn => chain.Rotation(turn))));
        }
    }

    [Test]
    public void Crashed_members_cost_one_timeout_each_and_then_none_while_they_stay_down() =>
        Faults.Sample(fault =>
        {
            TurnChain chain = new(fault.Size);
            chain.Run(fault.Start);
            foreach (int member in fault.Faulty)
            {
                chain.IsUp[member] = false;
            }

            ulong crashed = chain.Height;
            chain.Run(60);
            int[] missed = [.. chain.Turns.Where(turn => turn.Missed).Select(turn => turn.First)];
            Assert.That(missed, Is.Unique);
            Assert.That(missed, Is.SubsetOf(fault.Faulty));
            Assert.That(
                chain.Turns.Where(turn => turn.Missed).Select(turn => turn.Height),
                Is.All.LessThan(crashed + (ulong)fault.Size));
            foreach (int member in Enumerable.Range(0, fault.Size).Except(fault.Faulty))
            {
                Assert.That(
                    chain.Turns.TakeLast(fault.Size).Select(turn => turn.Proposer), Does.Contain(member));
            }
        });

    [Test]
    public void Members_that_crash_one_after_the_other_cost_nothing_a_cycle_after_the_last() =>
        Gen.Select(Faults, Gen.ULong[0, 15]).Sample((fault, between) =>
        {
            TurnChain chain = new(fault.Size);
            chain.Run(fault.Start);
            foreach (int member in fault.Faulty)
            {
                chain.IsUp[member] = false;
                chain.Run(between);
            }

            chain.Run((ulong)fault.Size);
            ulong settled = chain.Height;
            chain.Run(40);
            Assert.That(chain.Turns.Where(turn => turn.Height >= settled && turn.Missed), Is.Empty);
        });

    [Test]
    public void Member_that_comes_back_has_its_turn_again_a_cycle_after_it_signed() =>
        Faults.Where(fault => fault.Faulty.Length > 0).Sample(fault =>
        {
            TurnChain chain = new(fault.Size);
            chain.Run(fault.Start);
            chain.IsUp[fault.Faulty[0]] = false;
            chain.Run(30);
            chain.IsUp[fault.Faulty[0]] = true;
            chain.Run((ulong)fault.Size + 2);
            Assert.That(
                chain.Turns.TakeLast(fault.Size).Select(turn => turn.Proposer), Does.Contain(fault.Faulty[0]));
        });

    // The certificate of the parent alone decided before: leaving one signer out took its turn away and moved all.
    [Test]
    public void Byzantine_proposers_neither_shut_an_honest_member_out_nor_choose_who_comes_next() =>
        Gen.Select(Faults, Gen.ULong[0, 1_000_000]).Sample((fault, choice) =>
        {
            TurnChain chain = new(fault.Size)
            {
                Choice = choice,
                ChoosesSigners = member => fault.Faulty.Contains(member),
            };
            chain.Run(fault.Start + 60);
            Assert.That(chain.Turns.Where(turn => turn.Missed), Is.Empty);
            IEnumerable<Turn> honestTurns = chain.Turns.Where(turn => !fault.Faulty.Contains(chain.Rotation(turn)));
            Assert.That(
                honestTurns.Select(turn => turn.Proposer),
                Is.EqualTo(honestTurns.Select(turn => chain.Rotation(turn))));
        });

    [Test]
    public void One_certificate_that_leaves_a_member_out_changes_nothing()
    {
        TestCouncil council = new(4);
        IReadOnlyList<int>[] recent = [[0, 1, 3], [0, 1, 2], [1, 2, 3]];
        ProposerSchedule schedule = new(new Height(10), council.Council, recent);
        Assert.That(schedule.Active, Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(schedule.ProposerOf(Round.Zero), Is.EqualTo(2));
    }

    [Test]
    public void Member_absent_from_the_whole_window_is_passed_over()
    {
        TestCouncil council = new(4);
        IReadOnlyList<int>[] recent = [[0, 1, 3], [0, 1, 3], [0, 1, 3], [2]];
        ProposerSchedule schedule = new(new Height(10), council.Council, recent);
        Assert.That(schedule.Active, Is.EqualTo(new[] { 0, 1, 3 }));
        Assert.That(
            Enumerable.Range(0, 4).Select(round => schedule.ProposerOf(new Round((uint)round))),
            Is.EqualTo(new[] { 3, 0, 1, 2 }),
            "the next active one, then the whole council");
    }

    [Test]
    public void Signers_that_are_no_quorum_make_all_members_active()
    {
        TestCouncil council = new(7);
        ProposerSchedule schedule = new(
            new Height(9), council.Council, [.. Enumerable.Repeat(new[] { 0, 1, 3 }, 8)]);
        Assert.That(schedule.Active, Is.EqualTo(Enumerable.Range(0, 7)));
    }

    [Test]
    public void Fewer_certificates_than_the_window_has_blocks_make_all_members_active()
    {
        TestCouncil council = new(4);
        ProposerSchedule schedule = new(new Height(3), council.Council, [[0, 1, 3], []]);
        Assert.That(schedule.Active, Is.EqualTo(new[] { 0, 1, 2, 3 }));
    }

    [Test]
    public void Signers_of_another_council_count_for_nothing()
    {
        TurnChain chain = new(4);
        chain.Run(10);
        Assert.That(chain.Signers.Of(chain.Council.Hash).SelectMany(signers => signers), Is.Not.Empty);
        Assert.That(chain.Signers.Of(new TestCouncil(5).Council.Hash).SelectMany(signers => signers), Is.Empty);
    }

    [Test]
    public void Proposers_of_a_height_go_through_the_whole_council() =>
        Gen.Select(Gen.ULong[1, 1_000_000], Gen.Int[1, 10]).Sample((height, size) =>
        {
            ProposerSchedule schedule = new(new Height(height), new TestCouncil(size).Council, []);
            return Enumerable.Range(0, size).Select(round => schedule.ProposerOf(new Round((uint)round)))
                .Distinct().Count() == size;
        });

    private sealed record Turn(ulong Height, int First, int Proposer)
    {
        public bool Missed => First != Proposer;
    }

    /// <summary>Every height is decided by the first proposer that is up, and signed by all that are.</summary>
    private sealed class TurnChain(int size)
    {
        private readonly TestCouncil _council = new(size);
        private int[] _lastSigners = [];

        public ulong Height { get; private set; } = 1;

        public Council Council => _council.Council;

        public bool[] IsUp { get; } = [.. Enumerable.Repeat(true, size)];

        public List<Turn> Turns { get; } = [];

        public RecentSigners Signers { get; private set; } = RecentSigners.None;

        /// <summary>Members that put no more than a quorum into the certificates of their blocks.</summary>
        public Predicate<int> ChoosesSigners { get; init; } = _ => false;

        public ulong Choice { get; init; }

        public int Rotation(Turn turn) => (int)(turn.Height % (ulong)size);

        public void Run(ulong heights)
        {
            for (ulong i = 0; i < heights; i++)
            {
                Decide();
            }
        }

        private void Decide()
        {
            ProposerSchedule schedule = new(new Height(Height), Council, Signers.Of(Council.Hash));
            int proposer = Enumerable.Range(0, size)
                .Select(round => schedule.ProposerOf(new Round((uint)round)))
                .First(member => IsUp[member]);
            Turns.Add(new Turn(Height, schedule.ProposerOf(Round.Zero), proposer));
            CommitCertificate? certificate = _lastSigners.Length == 0 ? null : Certify(Named(proposer));
            Block block = new(_council.Value(Height, proposer, 0).Header, certificate, [], []);
            Signers = Signers.Add(block);
            _lastSigners = [.. Enumerable.Range(0, size).Where(member => IsUp[member])];
            Height++;
        }

        private int[] Named(int proposer)
        {
            int excess = _lastSigners.Length - Council.QuorumSize;
            if (!ChoosesSigners(proposer) || excess <= 0)
            {
                return _lastSigners;
            }

            int from = (int)((Choice + (Height * 7)) % (ulong)_lastSigners.Length);
            HashSet<int> left = [.. Enumerable.Range(from, excess).Select(i => _lastSigners[i % _lastSigners.Length])];
            return [.. _lastSigners.Where(member => !left.Contains(member))];
        }

        private CommitCertificate Certify(int[] signers) => new(
            new Height(Height - 1), Round.Zero, Hash32.Zero, signers, new Signature[signers.Length]);
    }
}

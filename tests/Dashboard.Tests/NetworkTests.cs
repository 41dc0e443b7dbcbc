using Bunit;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Charts;
using EnergyChain.Dashboard.Components.Shared;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Network;

namespace EnergyChain.Dashboard.Tests;

/// <summary>What blocks tell of the council, intervals and throughput.</summary>
public sealed class NetworkTests
{
    private static readonly Address[] Council = [Address.FromNumber(1), Address.FromNumber(2), Address.FromNumber(3)];

    [Test]
    public void Member_whose_signature_lacks_missed_and_who_proposed_is_told()
    {
        BlockRow[] blocks = [Row(12, 2, [0, 1]), Row(11, 1, [0, 2]), Row(10, 1, [0, 1, 2])];
        IReadOnlyList<MemberRecord> records = CouncilRecords.Of(Council, blocks);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(records.Select(row => row.Missed), Is.EqualTo(new[] { 0, 1, 1 }));
            Assert.That(records.Select(row => row.Proposed), Is.EqualTo(new[] { 2, 1, 0 }));
            Assert.That(records.Select(row => row.LastSigned?.Value), Is.EqualTo(new ulong?[] { 12, 12, 11 }));
            Assert.That(
                records[1].Marks, Is.EqualTo(new[] { VoteMark.Proposed, VoteMark.Missed, VoteMark.Signed }));
        }
    }

    [Test]
    public void Block_of_another_council_counts_for_nobody()
    {
        BlockRow[] blocks = [Row(12, 1, [0, 1, 2]), Row(11, 1, [1]) with { Term = Blake2b.Hash("before"u8) }];
        MemberRecord first = CouncilRecords.Of(Council, blocks)[0];
        Assert.That((first.Counted, first.Missed, first.Marks[1]), Is.EqualTo((1, 0, VoteMark.Unknown)));
    }

    [Test]
    public void Signers_that_the_council_does_not_have_are_not_believed()
    {
        MemberRecord first = CouncilRecords.Of(Council, [Row(12, 1, [0, 7])])[0];
        Assert.That((first.Counted, first.Marks[0]), Is.EqualTo((0, VoteMark.Unknown)));
    }

    [Test]
    public void No_blocks_give_no_records_and_no_intervals()
    {
        Assert.That(CouncilRecords.Of(Council, []).Select(row => row.Counted), Is.All.Zero);
        Assert.That(BlockIntervals.Of([]).Count, Is.Zero);
        Assert.That(BlockIntervals.Of([Row(1, 1, [])]).Buckets, Is.Empty);
    }

    [Test]
    public void Intervals_count_each_pair_once_and_leave_gaps_out()
    {
        BlockRow[] blocks = [At(9, 10_000), At(8, 8_900), At(7, 8_000), At(4, 1_000), At(3, 0)];
        BlockIntervals intervals = BlockIntervals.Of(blocks);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(intervals.Count, Is.EqualTo(3));
            Assert.That((intervals.MeanMs, intervals.MedianMs), Is.EqualTo((1_000L, 1_000L)));
            Assert.That((intervals.P95Ms, intervals.LongestMs), Is.EqualTo((1_100L, 1_100L)));
            Assert.That(intervals.Buckets.Sum(bucket => bucket.Count), Is.EqualTo(3));
            Assert.That(intervals.Buckets[0].Label, Is.EqualTo("0.90"));
        }
    }

    [Test]
    public void Intervals_of_very_different_length_stay_few_buckets()
    {
        BlockRow[] blocks = [At(4, 3_600_000_001_000), At(3, 1_010), At(2, 1_000), At(1, 0)];
        BlockIntervals intervals = BlockIntervals.Of(blocks);
        Assert.That(intervals.Buckets, Has.Count.LessThanOrEqualTo(16));
        Assert.That(intervals.Buckets.Sum(bucket => bucket.Count), Is.EqualTo(3));
    }

    [Test]
    public void Throughput_is_transactions_by_time_of_following_blocks()
    {
        BlockRow[] blocks = [.. Enumerable.Range(0, 11).Select(
            i => At((ulong)(11 - i), (ulong)(11 - i) * 2_000) with { Transactions = 4 })];
        IReadOnlyList<ChartPoint> points = Throughput.Of(blocks);
        Assert.That(points.Select(point => point.Value), Is.EqualTo(new[] { 2.0, 2.0 }));
        Assert.That(points, Is.Ordered.By(nameof(ChartPoint.Time)));
    }

    [Test]
    public async Task Member_in_none_of_many_blocks_is_marked()
    {
        await using DashboardContext context = new();
        BlockRow[] blocks = [.. Enumerable.Range(0, 30).Select(i => Row((ulong)(40 - i), 1, [0, 1]))];
        IRenderedComponent<CouncilTable> table = context.Render<CouncilTable>(
            p => p.Add(c => c.Records, CouncilRecords.Of(Council, blocks)));
        Assert.That(table.FindAll("[data-missed] .bad"), Has.Count.EqualTo(1));
        Assert.That(table.Find("[data-missed='30']").TextContent, Does.Contain("30 of 30"));
    }

    private static BlockRow Row(ulong height, uint proposer, uint[] signers) =>
        At(height, height * 1_000) with { Proposer = Address.FromNumber(proposer), Signers = signers };

    private static BlockRow At(ulong height, ulong timeMs) => BlockRow.Of(FakeNode.Block(height)) with
    {
        Time = new BlockTime(timeMs),
    };
}

using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Lookup;
using EnergyChain.Node.Tests.Execution;
using EnergyChain.Simulation.Disk;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Storage;

[TestFixture]
internal sealed class LookupIndexTests
{
    private const string Folder = "/lookup";
    private static readonly Block[] Blocks = [.. Enumerable.Range(1, 200).Select(BlockAt)];

    [Test]
    public void Everything_is_found_over_memory_runs_and_merges_and_after_reopening()
    {
        VirtualDisk disk = new();
        LookupIndex index = Open(disk);
        Array.ForEach(Blocks, index.Add);
        AssertAllFound(index);
        Assert.That(disk.Files(Folder), Has.Count.LessThan(2 * LookupIndex.MergeWidth));
        index.Dispose();

        using LookupIndex again = Open(disk);

        Assert.That(again.Last.Value, Is.InRange(190UL, 200UL));
        Array.ForEach(Blocks, again.Add);
        AssertAllFound(again);
    }

    [Test]
    public void Lost_run_takes_those_after_it_along_and_all_is_added_again()
    {
        VirtualDisk disk = new();
        using (LookupIndex index = Open(disk))
        {
            Array.ForEach(Blocks[..60], index.Add);
        }

        disk.Delete(Path.Combine(Folder, disk.Files(Folder)[1]));

        using LookupIndex again = Open(disk);

        Assert.That(again.Last.Value, Is.LessThan(60UL));
        Array.ForEach(Blocks, again.Add);
        AssertAllFound(again);
    }

    [Test]
    public void Power_cut_at_any_operation_leaves_an_index_that_can_be_completed()
    {
        VirtualDisk complete = new();
        Fill(complete);
        for (int stop = 0; stop <= complete.Operations; stop++)
        {
            VirtualDisk disk = new() { StopAfter = stop };
            Fill(disk);

            using LookupIndex index = Open(disk.Crash());
            Array.ForEach(Blocks, index.Add);

            AssertAllFound(index);
        }
    }

    [TestCase(new[] { 0 }, 93)]
    [TestCase(new[] { 1 }, 93)]
    [TestCase(new[] { 2 }, 13)]
    [TestCase(new[] { 0, 1 }, 186)]
    [TestCase(new[] { 1, 2 }, 106)]
    [TestCase(new[] { 0, 1, 2 }, 199)]
    public void Damaged_pages_hide_their_own_entries_only_and_are_written_anew_from_the_blocks(int[] pages, int hidden)
    {
        VirtualDisk disk = new();
        LookupIndex index = Open(disk, memoryEntries: 199);
        Array.ForEach(Blocks[..199], index.Add);
        string run = Path.Combine(Folder, disk.Files(Folder).Single());
        foreach (int page in pages)
        {
            using IDiskFile file = disk.Open(run);
            file.Write((LookupRun.PageSize * (page + 1)) + 100, [1, 2, 3]);
        }

        Assert.That(Blocks[..199].Count(block => !index.TryFind(block.Hash, out _)), Is.EqualTo(hidden));
        index.Add(Blocks[199]);

        AssertAllFound(index);
        index.Dispose();
        using LookupIndex again = Open(disk, memoryEntries: 199);
        again.Add(Blocks[199]);
        AssertAllFound(again);
    }

    [Test]
    public void Damaged_page_met_by_a_merge_is_written_anew_and_merged_later()
    {
        VirtualDisk disk = new();
        using LookupIndex index = Open(disk);
        Array.ForEach(Blocks[..70], index.Add);
        using (IDiskFile file = disk.Open(Path.Combine(Folder, disk.Files(Folder)[3])))
        {
            file.Write(LookupRun.PageSize + 100, [1, 2, 3]);
        }

        Array.ForEach(Blocks[70..], index.Add);

        AssertAllFound(index);
        Assert.That(disk.Files(Folder), Has.Count.LessThan(2 * LookupIndex.MergeWidth));
    }

    private static void Fill(VirtualDisk disk)
    {
        try
        {
            using LookupIndex index = Open(disk);
            Array.ForEach(Blocks, index.Add);
        }
        catch (IOException)
        {
            // The power is gone.
        }
    }

    private static LookupIndex Open(VirtualDisk disk, int memoryEntries = 10) => LookupIndex.Open(
        disk,
        Folder,
        Hash32.Zero,
        NullLogger.Instance,
        static height => Blocks[height.Value - 1],
        memoryEntries);

    private static void AssertAllFound(LookupIndex index)
    {
        Assert.That(index.Last, Is.EqualTo(new Height(200)));
        foreach (Block block in Blocks)
        {
            Assert.That(index.TryFind(block.Hash, out LookupEntry itself));
            Assert.That(itself, Is.EqualTo(new LookupEntry(block.Hash, block.Height, LookupEntry.BlockItself)));
        }

        Transaction transaction = Blocks[^1].Transactions[0];
        Assert.That(index.TryFind(transaction.Id, out LookupEntry entry));
        Assert.That(entry, Is.EqualTo(new LookupEntry(transaction.Id, new Height(200), 0)));
        Assert.That(index.TryFind(Hash32.Zero, out _), Is.False);
    }

    private static Block BlockAt(int height) => BareBlock.At(
        new Height((ulong)height), default, height == 200 ? [ChainFixture.Call(0)] : []).Block;
}

using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Tests.Execution;

/// <summary>Radix made 16 transactions a second under Jepsen, with about eleven fsyncs for each.</summary>
[TestFixture]
internal sealed class GroupCommitTests
{
    [Test]
    [Property("Incident", "Radix under Jepsen")]
    public void Block_of_any_size_costs_one_fsync()
    {
        CountingDisk disk = new();
        ChainOptions options = new() { CheckpointBlocks = 1_000, LookupMemoryEntries = 100_000 };
        using ChainFixture fixture = new(disk: disk, options: options);
        fixture.Open();
        fixture.Grow(1);
        ulong nonce = 2;
        foreach (int size in new[] { 0, 1, 50, 400 })
        {
            Transaction[] transactions = [.. Enumerable.Range(0, size).Select(_ => ChainFixture.Call(nonce++))];
            CommittedBlock block = ChainFixture.Next(fixture.Chain.Head, transactions);
            int before = disk.Syncs;
            Assert.That(fixture.Chain.Commit(block), Is.EqualTo(CommitOutcome.Committed));
            Assert.That(disk.Syncs - before, Is.EqualTo(1), $"{size} transactions");
        }
    }
}

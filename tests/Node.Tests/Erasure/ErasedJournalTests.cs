using System.Text;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Execution;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Erasure;

/// <summary>A validator journals bodies with their memos: they go from there as well.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ErasedJournalTests : IDisposable
{
    private static readonly byte[] Memo = Encoding.UTF8.GetBytes("a name and an address that nobody may keep");
    private static readonly Height Next = new(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("energychain-journal-").FullName;
    private readonly ErasureBook _erasures = new();
    private readonly Transaction _carrier = new TransactionBody
    {
        ChainId = new ChainId(7),
        Nonce = 0,
        GasLimit = new Gas(21_000),
        GasPrice = 1,
        To = Address.FromNumber(9),
        ValidUntil = new Height(100),
        MemoHash = Blake2b.Hash(Memo),
    }.Sign(TestKeys.Alice, null, Memo);

    private string Votes => Path.Combine(_folder, "votes.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestCase(2UL)]
    [TestCase(3UL)]
    public void Decision_takes_the_memo_out_of_the_journal_and_overwrites_the_old_file(ulong heightOfBodies)
    {
        using VoteJournal journal = Open();
        JournalWriter writer = new(journal, _erasures);
        writer.AddBodies(new Height(heightOfBodies), Blake2b.Hash("block"u8), [_carrier]);
        writer.Flush();
        Assert.That(FolderScan.FilesWith(_folder, Memo), Is.Not.Empty);
        using FileStream old = new(Votes, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Decide();
        writer.StartHeight(Next);

        Assert.That(FolderScan.FilesWith(_folder, Memo), Is.Empty);
        byte[] left = new byte[old.Length];
        old.ReadExactly(left);
        Assert.That(left, Is.All.Zero, "what is on the disk under no name");
        JournalRecord[] kept = [.. writer.ReadAll()];
        Assert.That(kept, Has.Length.EqualTo(heightOfBodies == Next.Value ? 1 : 0));
        Assert.That(
            kept.OfType<JournalRecord.Bodies>().SelectMany(bodies => bodies.Transactions).Select(each => each.Id),
            Is.All.EqualTo(_carrier.Id));
    }

    [Test]
    public void Journal_that_a_crash_left_is_cleaned_at_the_first_height()
    {
        using (VoteJournal journal = Open())
        {
            JournalWriter writer = new(journal, _erasures);
            writer.AddBodies(Next, Blake2b.Hash("block"u8), [_carrier]);
            writer.Flush();
        }

        Decide();
        using VoteJournal again = Open();
        new JournalWriter(again, _erasures).StartHeight(Next);
        Assert.That(FolderScan.FilesWith(_folder, Memo), Is.Empty);
    }

    [Test]
    public void Journal_without_the_memo_is_left_as_it_is()
    {
        using VoteJournal journal = Open();
        JournalWriter writer = new(journal, _erasures);
        writer.AddBodies(new Height(1), Blake2b.Hash("block"u8), [_carrier.WithoutMemo()]);
        writer.Flush();
        Decide();
        writer.StartHeight(Next);
        Assert.That(writer.ReadAll(), Has.Count.EqualTo(1), "an old height that is dropped when there is more of it");
    }

    [Test]
    public void Bodies_of_a_proposal_are_held_without_the_memo()
    {
        Decide();
        using ChainFixture fixture = new();
        BlockBodies bodies = new(new TransactionPool(fixture.Open()), _erasures);
        bodies.Hold([_carrier]);
        Assert.That(bodies.TryGet(_carrier.Id, out Transaction? held), Is.True);
        Assert.That(held!.Memo, Is.Null);
    }

    private void Decide() =>
        _erasures.Add([new RecordErasure(_carrier.Id, 1, new Height(2), ErasureGround.Unlawful)]);

    private VoteJournal Open() =>
        VoteJournal.Open(new PhysicalDisk(), Votes, Blake2b.Hash("genesis"u8), NullLogger.Instance);
}

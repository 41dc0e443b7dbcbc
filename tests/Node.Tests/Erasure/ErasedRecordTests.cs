using System.Collections;
using System.Text;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Execution;
using EnergyChain.Node.Tests.Offline;
using Microsoft.Extensions.Logging;

namespace EnergyChain.Node.Tests.Erasure;

/// <summary>What becomes of a memo on a node's disk and in its memory when the council has its record erased.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ErasedRecordTests : IDisposable
{
    private static readonly byte[] Memo =
        Encoding.UTF8.GetBytes("Kim Min-ji, 12 Mapo-daero: the car is charged at night, nobody is at home by day");

    private readonly GovernedChain _governed = new(new ChainOptions { CheckpointBlocks = 5, ServesSnapshots = true });
    private readonly Transaction _carrier;

    public ErasedRecordTests()
    {
        _governed.Open();
        _carrier = _governed.Send(3, CouncilContract.ProposeAdd(GovernedChain.Keys[4].PublicKey, 1_000), memo: Memo);
    }

    private Chain Chain => _governed.Chain;

    public void Dispose() => _governed.Dispose();

    [Test]
    public void Decision_leaves_the_memo_in_no_file_and_the_chain_verifies_from_genesis()
    {
        _governed.Commit(_carrier);
        Hash32 block = Block(1).Block.Hash;
        Assert.That(FilesWithMemo(), Is.Not.Empty, "or this test finds nothing because it cannot find");
        RecordErasure erasure = _governed.Erase(_carrier.Id, ErasureGround.Request);
        Assert.That(erasure.Sentence, Is.EqualTo("erased by decision 2 of the council at height 5 (request)"));
        Assert.That(Chain.DestroyMemos([erasure], out IReadOnlyList<Height> destroyed), Is.True);
        Assert.That(destroyed, Is.EqualTo(new[] { new Height(1) }));
        Assert.That(FilesWithMemo(), Is.Empty);

        Assert.That(Block(1).Block.Transactions[0].Memo, Is.Null);
        Assert.That(Block(1).Block.Transactions[0].Id, Is.EqualTo(_carrier.Id));
        Assert.That(Block(1).Block.Hash, Is.EqualTo(block));
        Assert.That(Block(1).Block.ContentsMatchHeader(), Is.True);
        Assert.That(Chain.DestroyMemos([erasure], out destroyed), Is.True);
        Assert.That(destroyed, Is.Empty, "it is done once");

        ChainHead head = Chain.Head;
        _governed.Close();
        Directory.Delete(Path.Combine(_governed.Root, "state"), recursive: true);
        _governed.Open();
        Assert.That(Chain.Head.StateRoot, Is.EqualTo(head.StateRoot), "every block was executed again");
        Assert.That(Chain.Erasures.All, Is.EqualTo(new[] { erasure }));
        Assert.That(FilesWithMemo(), Is.Empty);
    }

    [Test]
    public void Node_that_stopped_before_the_destruction_refuses_from_the_start_and_ends_it()
    {
        _governed.Commit(_carrier);
        RecordErasure erasure = _governed.Erase(_carrier.Id);
        _governed.Close();
        Assert.That(FilesWithMemo(), Is.Not.Empty);
        _governed.Open();
        Assert.That(Chain.Erasures.All, Is.EqualTo(new[] { erasure }), "from the checkpoint of that very height");
        Assert.That(Block(1).Block.Transactions[0].Memo, Is.Null);
        Assert.That(Chain.DestroyMemos(Chain.Erasures.All, out IReadOnlyList<Height> destroyed), Is.True);
        Assert.That(destroyed, Has.Count.EqualTo(1));
        Assert.That(FilesWithMemo(), Is.Empty);
    }

    [Test]
    public async Task Service_destroys_what_it_finds_at_start_and_what_blocks_decide()
    {
        Transaction other = _governed.Send(
            3,
            CouncilContract.ProposeParameter(CouncilParameter.BlockIntervalMs, 500, 1_000),
            memo: [.. Memo.Reverse()]);
        _governed.Commit(_carrier);
        _governed.Erase(_carrier.Id);
        DoneLogger logger = new();
        using RecordEraser eraser = new(Chain, logger);
        await eraser.StartAsync(CancellationToken.None);
        await logger.NextAsync();
        Assert.That(FilesWithMemo(), Is.Empty);
        Assert.That(FolderScan.FilesWith(_governed.Root, other.Memo!.Value), Is.Empty);
        _governed.Commit([], [other]);
        Assert.That(FolderScan.FilesWith(_governed.Root, other.Memo!.Value), Is.Not.Empty);
        _governed.Erase(other.Id);
        await logger.NextAsync();
        Assert.That(FolderScan.FilesWith(_governed.Root, other.Memo!.Value), Is.Empty);
        await eraser.StopAsync(CancellationToken.None);
        Assert.That(eraser.Done, Is.EqualTo(2));
    }

    [Test]
    public void Memo_of_a_transaction_that_comes_after_the_decision_is_never_stored()
    {
        RecordErasure erasure = _governed.Erase(_carrier.Id);
        _governed.Commit(_carrier);
        Height height = Chain.Head.Height;
        Assert.That(Block(height.Value).Block.Transactions[0].Memo, Is.Null);
        Assert.That(FilesWithMemo(), Is.Empty);
        Assert.That(Chain.DestroyMemos([erasure], out IReadOnlyList<Height> destroyed), Is.True);
        Assert.That(destroyed, Is.Empty);
    }

    [Test]
    public void Memo_in_the_block_of_the_decision_itself_is_destroyed()
    {
        Transaction proposal = _governed.Send(0, CouncilContract.ProposeErase(_carrier.Id, ErasureGround.Court, 100));
        _governed.Commit(proposal);
        _governed.Commit(
            _governed.Send(1, CouncilContract.Approve(1)), _governed.Send(2, CouncilContract.Approve(1)));
        _governed.Commit();
        _governed.Commit();
        CommittedBlock? told = null;
        using (Chain.Observe(new Teller(block => told = block)))
        {
            _governed.Commit(_carrier);
        }

        Assert.That(Chain.Erasures.Count, Is.EqualTo(1));
        Assert.That(told!.Block.Transactions[0].Memo, Is.Null);
        Assert.That(Chain.DestroyMemos(Chain.Erasures.All, out _), Is.True);
        Assert.That(FilesWithMemo(), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Late_joiner_by_blocks_is_given_no_memo_and_keeps_none_of_who_gives_it_all_the_same(bool isHostile)
    {
        _governed.Commit(_carrier);
        CommittedBlock withMemo = Block(1);
        _governed.Erase(_carrier.Id);
        using GovernedChain joiner = new(new ChainOptions { CheckpointBlocks = 5 });
        joiner.Open();
        for (ulong height = 1; height <= Chain.Head.Height.Value; height++)
        {
            CommittedBlock given = isHostile && height == 1 ? withMemo : Block(height);
            Assert.That(joiner.Chain.Commit(given), Is.EqualTo(CommitOutcome.Committed));
        }

        Assert.That(joiner.Chain.Head.StateRoot, Is.EqualTo(Chain.Head.StateRoot));
        Assert.That(joiner.Chain.Erasures.All, Is.EqualTo(Chain.Erasures.All));
        Assert.That(FolderScan.FilesWith(joiner.Root, Memo), isHostile ? Is.Not.Empty : Is.Empty);
        Assert.That(joiner.Chain.DestroyMemos(joiner.Chain.Erasures.All, out _), Is.True);
        Assert.That(FolderScan.FilesWith(joiner.Root, Memo), Is.Empty);
    }

    [Test]
    public void Block_that_is_mended_from_a_peer_does_not_bring_the_memo_back()
    {
        _governed.Commit(_carrier);
        CommittedBlock withMemo = Block(1);
        _governed.Erase(_carrier.Id);
        Assert.That(Chain.DestroyMemos(Chain.Erasures.All, out _), Is.True);
        Assert.That(Chain.TryReplace([withMemo]), Is.True);
        Assert.That(FilesWithMemo(), Is.Empty);
    }

    [Test]
    public void Decision_while_a_block_is_mended_is_not_missed()
    {
        _governed.Commit(_carrier);
        CommittedBlock withMemo = Block(1);
        RecordErasure decided = new(_carrier.Id, 1, Chain.Head.Height, ErasureGround.Court);

        // Read once for what it is, once for whether it is ours, and then to be written.
        LateDecision blocks = new(withMemo, reading: 3, () => Chain.Erasures.Add([decided]));
        Assert.That(Chain.TryReplace(blocks), Is.True);
        Assert.That(Chain.Erasures.Count, Is.EqualTo(1));
        Assert.That(FilesWithMemo(), Is.Empty);
    }

    // A block's decisions are known a moment before its transactions can be found: they are looked at once more.
    [Test]
    public async Task Decision_of_a_block_that_is_not_whole_yet_is_not_done()
    {
        _governed.Commit(_carrier);
        _governed.Erase(_carrier.Id);
        Hash32 later = Blake2b.Hash("in the next block"u8);
        Chain.Erasures.Add([new RecordErasure(later, 9, Chain.Head.Height.Next, ErasureGround.Court)]);
        DoneLogger logger = new();
        using RecordEraser eraser = new(Chain, logger);
        await eraser.StartAsync(CancellationToken.None);
        await logger.NextAsync();
        await eraser.StopAsync(CancellationToken.None);
        Assert.That(eraser.Done, Is.EqualTo(1));
    }

    [Test]
    public void Import_of_an_export_from_before_the_destruction_keeps_no_memo()
    {
        _governed.Commit(_carrier);
        _governed.Erase(_carrier.Id);
        ulong last = Chain.Head.Height.Value;
        _governed.Close();
        byte[] export = PortableTests.Export(_governed.Root, 1, last);
        Assert.That(export.AsSpan().IndexOf(Memo), Is.Positive, "or this test shows nothing");
        string root = Directory.CreateTempSubdirectory("energychain-import-").FullName;
        try
        {
            Assert.That(PortableTests.ImportInto(root, export), Is.Null);
            Assert.That(FolderScan.FilesWith(root, Memo), Is.Empty);
            Assert.That(PortableTests.Export(root, 1, last).AsSpan().IndexOf(Memo), Is.Negative);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Test]
    public void Pool_lets_go_of_the_memo_and_takes_none_in()
    {
        TransactionPool pool = new(Chain);
        using (Chain.Observe(pool))
        {
            Assert.That(pool.Add(_carrier), Is.EqualTo(TransactionRefusal.None));
            _governed.Erase(_carrier.Id);
            Assert.That(pool.TryGet(_carrier.Id, out Transaction? waiting), Is.True);
            Assert.That(waiting!.Memo, Is.Null);
            Assert.That(pool.Bytes, Is.EqualTo(_carrier.WithoutMemo().EncodedLength));
        }

        TransactionPool later = new(Chain);
        Transaction? announced = null;
        later.Admitted += transaction => announced = transaction;
        Assert.That(later.Add(_carrier), Is.EqualTo(TransactionRefusal.None));
        Assert.That(announced!.Memo, Is.Null);
        Assert.That(later.TryGet(_carrier.Id, out Transaction? held), Is.True);
        Assert.That(held!.Memo, Is.Null);
    }

    [Test]
    public void Snapshot_holds_no_memo()
    {
        _governed.Commit(_carrier);
        _governed.Erase(_carrier.Id);
        _governed.Close();
        string snapshots = Path.Combine(_governed.Root, "snapshots");
        Assert.That(Directory.EnumerateFiles(snapshots, "*", SearchOption.AllDirectories), Is.Not.Empty);
        Assert.That(FolderScan.FilesWith(snapshots, Memo), Is.Empty);
        Assert.That(FolderScan.FilesWith(Path.Combine(_governed.Root, "state"), Memo), Is.Empty);
    }

    private IReadOnlyList<string> FilesWithMemo() => FolderScan.FilesWith(_governed.Root, Memo);

    private CommittedBlock Block(ulong height) =>
        Chain.TryGetBlock(new Height(height), out CommittedBlock? block)
            ? block
            : throw new AssertionException($"There is no block {height}.");

    /// <summary>One block, read to the end so many times before something happens.</summary>
    private sealed class LateDecision(CommittedBlock block, int reading, Action happen) : IReadOnlyList<CommittedBlock>
    {
        private int _left = reading;

        public int Count => 1;

        public CommittedBlock this[int index] => block;

        public IEnumerator<CommittedBlock> GetEnumerator()
        {
            yield return block;
            if (--_left == 0)
            {
                happen();
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Teller(Action<CommittedBlock> tell) : IChainObserver
    {
        public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head) => tell(block);
    }

    /// <summary>Tells when the service has destroyed memos of a block.</summary>
    private sealed class DoneLogger : ILogger<RecordEraser>
    {
        private readonly SemaphoreSlim _done = new(0);

        public async Task NextAsync() =>
            Assert.That(await _done.WaitAsync(TimeSpan.FromMinutes(1)), Is.True, "nothing was destroyed");

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == 5701)
            {
                _done.Release();
            }
        }
    }
}

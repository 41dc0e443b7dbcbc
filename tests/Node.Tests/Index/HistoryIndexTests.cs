using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index;
using EnergyChain.Node.Index.Parts;
using EnergyChain.Node.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Index;

public sealed class HistoryIndexTests
{
    private string _directory = "";
    private FakeChain _chain = null!;

    private string IndexPath => Path.Combine(_directory, "index");

    [SetUp]
    public void Prepare()
    {
        _directory = Directory.CreateTempSubdirectory("index").FullName;
        _chain = new FakeChain();
    }

    [TearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task Index_takes_blocks_from_before_and_after_its_start()
    {
        Transfer();
        Transfer();
        HistoryIndex index = await StartAsync();
        await ReachedAsync(index, 2);
        Transfer();
        await ReachedAsync(index, 3);

        Assert.That(CountTransactions(index), Is.EqualTo(3));
        await index.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Index_that_was_closed_goes_on_without_reading_old_blocks()
    {
        Transfer();
        Transfer();
        HistoryIndex first = await StartAsync();
        await ReachedAsync(first, 2);
        await first.StopAsync(CancellationToken.None);

        Transfer();
        int before = _chain.BlockReads;
        HistoryIndex second = await StartAsync();
        await ReachedAsync(second, 3);
        Assert.That(_chain.BlockReads - before, Is.EqualTo(1));
        Assert.That(CountTransactions(second), Is.EqualTo(3));
        await second.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Index_that_stops_with_little_to_save_reads_it_again()
    {
        Transfer();
        HistoryIndex first = await StartAsync();
        await ReachedAsync(first, 1);
        await first.StopAsync(CancellationToken.None);
        Assert.That(Directory.GetFiles(IndexPath), Is.Empty);

        HistoryIndex second = await StartAsync();
        await ReachedAsync(second, 1);
        Assert.That(CountTransactions(second), Is.EqualTo(1));
        await second.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task File_of_an_earlier_version_is_removed()
    {
        foreach (string file in new[] { "index.db", "index-log.db", "index.db.open" })
        {
            File.WriteAllBytes(Path.Combine(_directory, file), [1, 2, 3]);
        }

        Transfer();
        HistoryIndex index = await StartAsync();
        await ReachedAsync(index, 1);
        Assert.That(Directory.GetFiles(_directory), Is.Empty);
        await index.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Index_ahead_of_the_chain_or_of_another_history_is_built_anew()
    {
        Transfer();
        Transfer();
        HistoryIndex first = await StartAsync();
        await ReachedAsync(first, 2);
        await first.StopAsync(CancellationToken.None);

        _chain = new FakeChain();
        Transfer(nonce: 900);
        HistoryIndex second = await StartAsync();
        await ReachedAsync(second, 1);
        Assert.That(CountTransactions(second), Is.EqualTo(1));
        await second.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Index_of_another_chain_is_built_anew()
    {
        Transfer();
        HistoryIndex first = await StartAsync();
        await ReachedAsync(first, 1);
        await first.StopAsync(CancellationToken.None);

        _chain = new FakeChain(chainId: 8);
        HistoryIndex second = await StartAsync();
        Transfer();
        await ReachedAsync(second, 1);
        Assert.That(CountTransactions(second), Is.EqualTo(1));
        await second.StopAsync(CancellationToken.None);
    }

    [Test]
    [Property("Incident", "libplanet#386")]
    public async Task Index_file_that_is_garbage_is_built_anew()
    {
        Directory.CreateDirectory(IndexPath);
        File.WriteAllBytes(
            Path.Combine(IndexPath, "0000000001-0000000002-0.db"), [.. Enumerable.Repeat((byte)0x5A, 20_000)]);
        Transfer();
        HistoryIndex index = await StartAsync();
        await ReachedAsync(index, 1);
        Assert.That(CountTransactions(index), Is.EqualTo(1));
        await index.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Index_that_lags_behind_its_channel_loses_no_block()
    {
        HistoryIndex index = await StartAsync();
        int blocks = HistoryIndex.ChannelBlocks * 4;
        for (int i = 0; i < blocks; i++)
        {
            Transfer();
        }

        await ReachedAsync(index, (ulong)blocks);
        Assert.That(CountTransactions(index), Is.EqualTo(blocks));
        await index.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Part_that_is_found_damaged_while_running_is_mended_with_the_next_block()
    {
        for (int i = 0; i < 12; i++)
        {
            Transfer();
        }

        HistoryIndex index = await StartAsync();
        await ReachedAsync(index, 12);
        FilePart part = index.Store!.View.OfType<FilePart>().First();
        index.Store.Damaged(part, new IndexDamageException("a test"));
        Transfer();
        await ReachedAsync(index, 13);
        Assert.That(CountTransactions(index), Is.EqualTo(13));
        await index.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Damage_is_mended_without_a_new_block_and_nothing_is_answered_until_then()
    {
        for (int i = 0; i < 12; i++)
        {
            Transfer();
        }

        HistoryIndex index = await StartAsync();
        await ReachedAsync(index, 12);
        IndexStore store = index.Store!;
        Action wake = store.OnDamage;
        store.OnDamage = static () => { };
        store.Damaged(store.View.OfType<FilePart>().First(), new IndexDamageException("a test"));
        Assert.That(index.IsRebuilding, Is.True);
        wake();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while (index.IsRebuilding)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.That(CountTransactions(index), Is.EqualTo(12));
        await index.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Retention_starts_a_new_index_where_it_keeps_from()
    {
        _chain = new FakeChain { BlockMs = 12 * 3_600_000 };
        for (int i = 0; i < 10; i++)
        {
            Transfer();
        }

        HistoryIndex index = await StartAsync(keepDays: 2);
        await ReachedAsync(index, 10);
        Assert.That(index.FirstHeight, Is.EqualTo(new Height(6)));
        for (int i = 0; i < 12; i++)
        {
            Transfer();
            await ReachedAsync(index, (ulong)(11 + i));
        }

        // What is no longer kept goes after the block that makes it so was indexed.
        await UntilAsync(() => CountTransactions(index) == 22 - (int)index.FirstHeight.Value + 1);
        Assert.That(index.FirstHeight.Value, Is.InRange(14, 18));
        await index.StopAsync(CancellationToken.None);
    }

    private static int CountTransactions(HistoryIndex index) =>
        new IndexReader(index.Store!).Down(IndexRows.Transactions, IndexPosition.Last).Count();

    private static Task ReachedAsync(HistoryIndex index, ulong height) =>
        UntilAsync(() => index.IndexedHeight.Value >= height && index.Store is not null);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<HistoryIndex> StartAsync(int keepDays = 0)
    {
        HistoryIndex index = new(
            _chain,
            new HistoryIndexOptions { Path = IndexPath, KeepDays = keepDays },
            IndexScene.Small,
            NullLogger<HistoryIndex>.Instance);
        await index.StartAsync(CancellationToken.None);
        return index;
    }

    private void Transfer(ulong? nonce = null)
    {
        Transaction transaction = TestKeys.Transfer(1, 2, nonce ?? _chain.Head.Height.Value);
        _chain.Append((transaction, TestKeys.Done(transaction)));
    }
}

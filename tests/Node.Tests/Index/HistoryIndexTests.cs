using EnergyChain.Core.Chain;
using EnergyChain.Node.Index;
using EnergyChain.Node.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Tests.Index;

public sealed class HistoryIndexTests
{
    private string _directory = "";
    private FakeChain _chain = null!;

    private string IndexPath => Path.Combine(_directory, "index.db");

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

        // One read compares the head, one gets the new block.
        Assert.That(_chain.BlockReads - before, Is.EqualTo(2));
        Assert.That(CountTransactions(second), Is.EqualTo(3));
        await second.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Index_that_was_not_closed_is_built_anew()
    {
        Transfer();
        HistoryIndex first = await StartAsync();
        await ReachedAsync(first, 1);
        await first.StopAsync(CancellationToken.None);
        using (IndexDatabase database = IndexDatabase.Open(IndexPath, _chain.Genesis.Hash))
        {
            database.Put(IndexTable.Transactions, 12_345, new Proto.TransactionSummary { Id = "of a torn write" });
        }

        File.WriteAllBytes(IndexPath + ".open", []);
        HistoryIndex second = await StartAsync();
        await ReachedAsync(second, 1);
        Assert.That(CountTransactions(second), Is.EqualTo(1));
        await second.StopAsync(CancellationToken.None);
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
        File.WriteAllBytes(IndexPath, [.. Enumerable.Repeat((byte)0x5A, 20_000)]);
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
    public void A_failed_block_leaves_nothing_of_itself()
    {
        using IndexDatabase database = IndexDatabase.Open(IndexPath, _chain.Genesis.Hash);
        Assert.Throws<InvalidOperationException>(() => database.Write(default, _chain.Genesis.Hash, () =>
        {
            database.Put(IndexTable.Orders, 1, new Proto.Order { Id = 1 });
            throw new InvalidOperationException();
        }));

        Assert.That(database.Get<Proto.Order>(IndexTable.Orders, 1), Is.Null);
        Assert.That(database.ReadHead(), Is.Null);
    }

    [Test]
    public void Scan_stays_in_its_key_and_goes_from_new_to_old()
    {
        using IndexDatabase database = IndexDatabase.Open(IndexPath, _chain.Genesis.Hash);
        for (ulong position = 1; position <= 300; position++)
        {
            database.Post("list", position % 2 == 0 ? "a" : "ab", position, position * 10);
        }

        Assert.That(
            database.Scan("list", "a", 299, 3),
            Is.EqualTo(new[] { (298ul, 2980ul), (296ul, 2960ul), (294ul, 2940ul) }));
        Assert.That(database.Scan("list", "a", IndexPosition.Last, 1_000), Has.Count.EqualTo(150));
    }

    private static int CountTransactions(HistoryIndex index) =>
        index.Database!.Scan(IndexTable.Transactions, IndexPosition.Last, 10_000).Count;

    private static async Task ReachedAsync(HistoryIndex index, ulong height)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while (index.IndexedHeight.Value < height || index.Database is null)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<HistoryIndex> StartAsync()
    {
        HistoryIndex index = new(
            _chain,
            Options.Create(new HistoryIndexOptions { Path = IndexPath }),
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

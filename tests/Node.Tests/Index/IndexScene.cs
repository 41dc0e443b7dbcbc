using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Index;

/// <summary>An index of small parts over a list of blocks, compared with what the list says.</summary>
internal sealed class IndexScene : IDisposable
{
    public static readonly Hash32 Genesis = Blake2b.Hash("a chain"u8);

    public static readonly IndexTuning Small = new()
    {
        PartBytes = 40_000,
        PartBlocks = 4,
        Fanout = 2,
        MaxFileBytes = 400_000,
        MaxOpenParts = 2,
        LeastBlocksAtStop = 2,
        ReadAhead = 2,
    };

    private readonly IndexTuning _tuning;
    private readonly ILogger _logger;

    public IndexScene(
        string folder, ListSource source, IDisk? disk = null, IndexTuning? tuning = null, ILogger? logger = null)
    {
        _tuning = tuning ?? Small;
        _logger = logger ?? NullLogger.Instance;
        Folder = folder;
        Source = source;
        Disk = disk ?? new PhysicalDisk();
        Store = Open();
    }

    public string Folder { get; }

    public ListSource Source { get; }

    public IDisk Disk { get; }

    public IndexStore Store { get; private set; }

    public IndexFiller Filler => new(Store, Source, _tuning, keepFrom: null);

    /// <summary>Mends what is missing and follows the source to its end.</summary>
    public void Fill()
    {
        while (Filler.Missing() is { } gap)
        {
            Filler.Fill(gap, static _ => { }, CancellationToken.None);
        }

        Filler.FillToEnd(static () => false, CancellationToken.None);
    }

    public bool Merge() =>
        Store.MergeCandidates() is { Count: > 0 } parts && Store.Merge(parts, CancellationToken.None);

    /// <summary>The process ends without a word and another starts.</summary>
    public void Crash()
    {
        Store.Dispose();
        Store = Open();
    }

    /// <summary>Every list and every row, asked for in pages of a few, is what the source says.</summary>
    public void ShouldHold(Height from)
    {
        Dictionary<IndexKey, List<ulong>> expected = Source.Postings(from);
        foreach ((IndexKey key, List<ulong> positions) in expected)
        {
            Assert.That(PagesOf(key), Is.EqualTo(positions.AsEnumerable().Reverse()), key.ToString());
        }

        IndexReader reader = new(Store);
        TransactionRow[] transactions = [.. Source.Rows(from).SelectMany(rows => rows.Transactions)];
        EventRow[] events = [.. Source.Rows(from).SelectMany(rows => rows.Events)];
        Assert.That(
            reader.Down(IndexRows.Transactions, IndexPosition.Last),
            Is.EqualTo(transactions.Select(row => row.Position).Reverse()));
        Assert.That(
            reader.Down(IndexRows.Events, IndexPosition.Last),
            Is.EqualTo(events.Select(row => row.Position).Reverse()));
        foreach (TransactionRow row in transactions)
        {
            Assert.That(reader.TryGetTransaction(row.Position, out TransactionRow? found), Is.True);
            Assert.That(found, Is.EqualTo(row));
        }

        foreach (EventRow row in events)
        {
            Assert.That(reader.TryGetEvent(row.Position, out EventRow? found), Is.True);
            ShouldBe(found!, row);
        }
    }

    public static void ShouldBe(EventRow found, EventRow expected)
    {
        Assert.That(found.Position, Is.EqualTo(expected.Position));
        Assert.That(found.TimeMs, Is.EqualTo(expected.TimeMs));
        Assert.That(found.Log.Address, Is.EqualTo(expected.Log.Address));
        Assert.That(found.Log.Topics, Is.EqualTo(expected.Log.Topics));
        Assert.That(found.Log.Data.ToArray(), Is.EqualTo(expected.Log.Data.ToArray()));
    }

    public void Dispose() => Store.Dispose();

    private List<ulong> PagesOf(IndexKey key)
    {
        List<ulong> all = [];
        string token = "";
        do
        {
            IndexReader reader = new(Store);
            Page<string> page = HistoryPages.Of(
                from => reader.Down(key, from),
                IndexPosition.Last,
                token,
                3,
                position => position.ToString(System.Globalization.CultureInfo.InvariantCulture),
                static _ => RowVerdict.Take);
            all.AddRange(
                page.Rows.Select(text => ulong.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        return all;
    }

    private IndexStore Open()
    {
        IndexStore store = IndexStore.Open(Disk, Folder, Genesis, _tuning, _logger);
        store.Trim(Source);
        return store;
    }
}

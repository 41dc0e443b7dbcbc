using System.Globalization;
using EnergyChain.Core.Primitives;
using Google.Protobuf;
using LiteDB;

namespace EnergyChain.Node.Index;

/// <summary>
/// The LiteDB file of the history index: rows by number, and postings that lead from (list, key, position) to a row.
/// One writer; readers at any time. LiteDB does not fsync its commits and has no checksum in its journal, so a file
/// that was not closed properly is thrown away: everything in it can be rebuilt from the chain.
/// </summary>
internal sealed class IndexDatabase : IDisposable
{
    private const int Schema = 1;
    private const string MetaId = "head";

    private readonly LiteDatabase _database;
    private readonly string _openMarker;
    private readonly ILiteCollection<BsonDocument> _meta;
    private readonly ILiteCollection<BsonDocument> _postings;
    private readonly Dictionary<IndexTable, ILiteCollection<BsonDocument>> _tables;

    private IndexDatabase(string path)
    {
        _openMarker = MarkerOf(path);

        // Binary collation: LiteDB's own compares without case, under which two keys could be one.
        _database = new LiteDatabase(new ConnectionString
        {
            Filename = path,
            Connection = ConnectionType.Direct,
            Collation = Collation.Binary,
        });
        _meta = _database.GetCollection("meta");
        _postings = _database.GetCollection("postings");
        _tables = Enum.GetValues<IndexTable>().ToDictionary(
            table => table, table => _database.GetCollection(table.ToString()));
    }

    /// <summary>
    /// Opens the index of a chain. An index of another chain or schema, or one that was not closed, starts empty.
    /// </summary>
    public static IndexDatabase Open(string path, Hash32 genesisHash)
    {
        if (File.Exists(MarkerOf(path)))
        {
            Delete(path);
        }

        IndexDatabase? opened = null;
        try
        {
            File.WriteAllBytes(MarkerOf(path), []);
            opened = new IndexDatabase(path);
            if (opened.BelongsTo(genesisHash))
            {
                return opened;
            }
        }
        catch (Exception exception) when (exception is LiteException or InvalidCastException or FormatException)
        {
            // Damaged beyond opening: as good as none.
        }

        opened?.Dispose();
        Delete(path);
        File.WriteAllBytes(MarkerOf(path), []);
        return new IndexDatabase(path);
    }

    /// <summary>Removes the index with its journal and marker.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(JournalOf(path));
        File.Delete(MarkerOf(path));
    }

    /// <summary>The last indexed block; null for an empty index.</summary>
    public IndexHead? ReadHead()
    {
        BsonDocument? meta = _meta.FindById(MetaId);
        if (meta is null)
        {
            return null;
        }

        return Hash32.TryParse(meta["hash"].AsString, out Hash32 hash)
            ? new IndexHead(new Height((ulong)meta["height"].AsInt64), hash)
            : null;
    }

    /// <summary>Runs the writes of one block in one transaction that also moves the head.</summary>
    public void Write(IndexHead head, Hash32 genesisHash, Action write)
    {
        _database.BeginTrans();
        try
        {
            write();
            _meta.Upsert(new BsonDocument
            {
                ["_id"] = MetaId,
                ["schema"] = Schema,
                ["genesis"] = genesisHash.ToString(),
                ["height"] = (long)head.Height.Value,
                ["hash"] = head.Hash.ToString(),
            });
            _database.Commit();
        }
        catch
        {
            _database.Rollback();
            throw;
        }
    }

    public void Put(IndexTable table, ulong id, IMessage row) =>
        _tables[table].Upsert(new BsonDocument { ["_id"] = RowId(id), ["row"] = row.ToByteArray() });

    public T? Get<T>(IndexTable table, ulong id)
        where T : class, IMessage<T>, new()
    {
        BsonDocument? document = _tables[table].FindById(RowId(id));
        return document is null ? null : Parse<T>(document);
    }

    /// <summary>Adds a row to a list under a key, at a position that orders the list.</summary>
    public void Post(string list, string key, ulong position, ulong id) =>
        _postings.Upsert(new BsonDocument { ["_id"] = PostingId(list, key, position), ["row"] = RowId(id) });

    /// <summary>Positions and row ids of a list under a key, at most <paramref name="limit"/>, newest first.</summary>
    public IReadOnlyList<(ulong Position, ulong Id)> Scan(string list, string key, ulong from, int limit)
    {
        string prefix = PostingId(list, key, 0);
        List<BsonDocument> found = _postings.Query()
            .Where(Query.Between("_id", prefix, PostingId(list, key, from)))
            .OrderByDescending("_id")
            .Limit(limit)
            .ToList();
        return [.. found.Select(document => (PositionOf(document["_id"].AsString), Id(document["row"])))];
    }

    /// <summary>Rows of a table by number, at most <paramref name="limit"/>, highest first.</summary>
    public IReadOnlyList<(ulong Position, ulong Id)> Scan(IndexTable table, ulong from, int limit)
    {
        List<BsonDocument> found = _tables[table].Query()
            .Where(Query.Between("_id", 0L, RowId(from)))
            .OrderByDescending("_id")
            .Select("{_id}")
            .Limit(limit)
            .ToList();
        return [.. found.Select(document => (Id(document["_id"]), Id(document["_id"])))];
    }

    public void Dispose()
    {
        _database.Dispose();
        File.Delete(_openMarker);
    }

    private static string MarkerOf(string path) => path + ".open";

    // LiteDB names its journal so.
    private static string JournalOf(string path) => Path.Combine(
        Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path) + "-log" + Path.GetExtension(path));

    private static string PostingId(string list, string key, ulong position) =>
        string.Create(CultureInfo.InvariantCulture, $"{list}:{key}:{position:x16}");

    private static ulong PositionOf(string postingId) =>
        ulong.Parse(postingId.AsSpan(postingId.Length - 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // LiteDB would turn a ulong into a double.
    private static BsonValue RowId(ulong id) => new(unchecked((long)id));

    private static ulong Id(BsonValue value) => unchecked((ulong)value.AsInt64);

    private static T Parse<T>(BsonDocument document)
        where T : IMessage<T>, new()
    {
        T row = new();
        row.MergeFrom(document["row"].AsBinary);
        return row;
    }

    private bool BelongsTo(Hash32 genesisHash)
    {
        BsonDocument? meta = _meta.FindById(MetaId);
        return meta is null
            || (meta["schema"].AsInt32 == Schema && meta["genesis"].AsString == genesisHash.ToString());
    }
}

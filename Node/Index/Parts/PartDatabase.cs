using System.Buffers.Binary;
using EnergyChain.Core.Codec;
using EnergyChain.Node.Storage;
using LiteDB;

namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// The LiteDB file of a part: chunks by number from 1 on, and two documents that say what the file is and where in it
/// what begins. Written once from end to end, then only read. Every document carries its checksum.
/// </summary>
internal sealed class PartDatabase : IDisposable
{
    private const string Chunks = "chunks";
    private const string About = "about";
    private const string Field = "b";
    private const string Id = "_id";
    private const int HeadId = 1;
    private const int DirectoriesId = 2;

    // Of the journal, before its pages go to their places and LiteDB uses the memory again.
    private const int JournalPages = 400;

    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _chunks;
    private readonly ILiteCollection<BsonDocument> _about;

    private int _reads;

    private PartDatabase(LiteDatabase database)
    {
        _database = database;
        _chunks = database.GetCollection(Chunks);
        _about = database.GetCollection(About);
    }

    /// <summary>A new file; nothing may stand at the path.</summary>
    public static PartDatabase Create(string path) =>
        new(new LiteDatabase(Connection(path, isReadOnly: false)) { CheckpointSize = JournalPages });

    /// <summary>Throws <see cref="IndexDamageException"/> where it is no LiteDB file.</summary>
    public static PartDatabase Open(string path) =>
        Guarded(() => new PartDatabase(new LiteDatabase(Connection(path, isReadOnly: true))));

    public void Insert(IEnumerable<(int Id, byte[] Bytes)> chunks) => _chunks.Insert(chunks.Select(Document));

    public void Finish(PartHead head, PartDirectories directories)
    {
        _about.Insert([Document((HeadId, Sealed(head))), Document((DirectoriesId, Sealed(directories)))]);
        _database.Checkpoint();
    }

    /// <summary>Chunks that were read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public byte[] Chunk(int number)
    {
        Interlocked.Increment(ref _reads);
        return Read(_chunks, number);
    }

    public PartHead Head() => Opened<PartHead>(HeadId);

    public PartDirectories Directories() => Opened<PartDirectories>(DirectoriesId);

    public void Dispose() => _database.Dispose();

    private static ConnectionString Connection(string path, bool isReadOnly) => new()
    {
        Filename = path,
        Connection = ConnectionType.Direct,
        Collation = Collation.Binary,
        ReadOnly = isReadOnly,
    };

    private static BsonDocument Document((int Number, byte[] Bytes) chunk) =>
        new() { [Id] = chunk.Number, [Field] = chunk.Bytes };

    private static byte[] Sealed<T>(T value)
        where T : IBcsValue<T>
    {
        BcsWriter writer = new();
        value.Encode(writer);
        uint checksum = Crc32C.Of(writer.WrittenSpan);
        writer.WriteU32(checksum);
        return writer.ToArray();
    }

    private static byte[] Read(ILiteCollection<BsonDocument> collection, int id) => Guarded(() =>
        collection.FindById(id)?[Field].AsBinary ?? throw new IndexDamageException($"document {id} is not there"));

    // Whatever LiteDB says of a file that is not as it wrote it.
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is not (IndexDamageException or OutOfMemoryException))
        {
            throw new IndexDamageException(failure.Message, failure);
        }
    }

    private T Opened<T>(int id)
        where T : IBcsValue<T>
    {
        byte[] bytes = Read(_about, id);
        int length = bytes.Length - sizeof(uint);
        bool sound = length >= 0
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(length)) == Crc32C.Of(bytes.AsSpan(0, length));
        if (!sound || !Bcs.TryDecode(bytes.AsSpan(0, length), out T? value, out _))
        {
            throw new IndexDamageException("what the file says of itself is not sound");
        }

        return value!;
    }
}

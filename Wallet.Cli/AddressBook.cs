using EnergyChain.Core.Primitives;
using LiteDB;

namespace EnergyChain.Wallet.Cli;

/// <summary>Names for addresses, in a LiteDB file that is made with the first name. Not thread-safe.</summary>
internal sealed class AddressBook(string path) : IDisposable
{
    /// <summary>Names that the book holds.</summary>
    public const int MaxNames = 10_000;

    private LiteDatabase? _database;

    public void Set(string name, Address address)
    {
        ILiteCollection<BsonDocument> names = Open();
        if (names.Count() >= MaxNames && names.FindById(name) is null)
        {
            throw new WalletException(ExitCode.Usage, $"The address book holds {MaxNames} names already.");
        }

        names.Upsert(new BsonDocument { ["_id"] = name, ["address"] = address.ToString() });
    }

    /// <summary>False where there was no such name.</summary>
    public bool Remove(string name) => File.Exists(path) && Open().Delete(name);

    public Address? Find(string name)
    {
        BsonDocument? found = File.Exists(path) ? Open().FindById(name) : null;
        return found is not null && Address.TryParse(found["address"].AsString, out Address address) ? address : null;
    }

    /// <summary>All names in order.</summary>
    public IReadOnlyList<(string Name, Address Address)> List()
    {
        List<(string, Address)> names = [];
        foreach (BsonDocument document in File.Exists(path) ? Open().FindAll() : [])
        {
            if (Address.TryParse(document["address"].AsString, out Address address))
            {
                names.Add((document["_id"].AsString, address));
            }
        }

        return [.. names.OrderBy(entry => entry.Item1, StringComparer.Ordinal)];
    }

    public void Dispose() => _database?.Dispose();

    private ILiteCollection<BsonDocument> Open()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _database ??= new LiteDatabase(new ConnectionString { Filename = path, Collation = Collation.Binary });
            return _database.GetCollection("names");
        }
        catch (Exception exception) when (exception is LiteException or IOException or UnauthorizedAccessException)
        {
            throw new WalletException(
                ExitCode.Key,
                $"The address book {path} cannot be opened: {exception.Message} Move it away to start anew.");
        }
    }
}

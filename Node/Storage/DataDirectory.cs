using System.Globalization;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// A node's folder: held by one process, bound to one chain by its genesis hash and to a format version. Every
/// reason not to use it is a <see cref="StorageException"/> with one sentence, and nothing is changed then.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    /// <summary>The layout that this code writes and reads.</summary>
    public const int CurrentVersion = 1;

    private const string Name = "energychain-data";

    private readonly IDisposable _held;

    private DataDirectory(string root, IDisk disk, Hash32 genesisHash, IDisposable held)
    {
        Root = root;
        Disk = disk;
        GenesisHash = genesisHash;
        _held = held;
    }

    public string Root { get; }

    public IDisk Disk { get; }

    public Hash32 GenesisHash { get; }

    public string Blocks => Path.Combine(Root, "blocks");

    public string Receipts => Path.Combine(Root, "receipts");

    public string State => Path.Combine(Root, "state");

    public string Lookup => Path.Combine(Root, "lookup");

    public string Snapshots => Path.Combine(Root, "snapshots");

    /// <summary>What was fetched of a snapshot that the node joins by; gone when it has joined.</summary>
    public string Join => Path.Combine(Root, "join");

    /// <summary>How a node that joined by a snapshot proved its first block's term.</summary>
    public string Terms => Path.Combine(Root, "terms.log");

    /// <summary>Raw readings of the site behind this node.</summary>
    public string Readings => Path.Combine(Root, "readings");

    /// <summary>The keys under which they are sealed.</summary>
    public string Subjects => Path.Combine(Root, "subjects");

    public string Votes => Path.Combine(Root, "votes.log");

    /// <summary>Opens the folder, made where it is absent, and holds it until disposed or the process ends.</summary>
    public static DataDirectory Open(string root, Hash32 genesisHash, IDisk? disk = null)
    {
        IDisk used = disk ?? new PhysicalDisk();
        IDisposable held = used.Hold(root);
        try
        {
            CheckFormat(used, root, genesisHash);

            // An earlier process may have died between the renaming of a file and this.
            used.SyncDirectory(root);
            return new DataDirectory(root, used, genesisHash, held);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw new StorageException($"The data directory {root} cannot be written: {failure.Message}", failure);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _held.Dispose();

    private static void CheckFormat(IDisk disk, string root, Hash32 genesisHash)
    {
        string path = Path.Combine(root, "format");
        if (!disk.Exists(path))
        {
            if (disk.Files(Path.Combine(root, "blocks")).Count > 0)
            {
                throw new StorageException($"The data directory {root} holds blocks but no file {path}: restore it.");
            }

            WriteFormat(disk, root, path, genesisHash);
            return;
        }

        string[] words = ReadText(disk, path).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3
            || words[0] != Name
            || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            || !Hash32.TryParse(words[2], out Hash32 genesis))
        {
            throw new StorageException(
                $"The file {path} is not \"{Name} {CurrentVersion} 0x<genesis hash>\": restore it or use another "
                + "folder.");
        }

        if (version > CurrentVersion)
        {
            throw new StorageException(
                $"The data directory {root} has format version {version}; this node reads up to {CurrentVersion}: "
                + "start a newer node.");
        }

        if (genesis != genesisHash)
        {
            throw new StorageException(
                $"The data directory {root} belongs to the chain with genesis {genesis}, not to {genesisHash}: "
                + "use another one.");
        }
    }

    private static void WriteFormat(IDisk disk, string root, string path, Hash32 genesisHash)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Name} {CurrentVersion} {genesisHash}\n");
        string beside = path + ".new";
        using (IDiskFile file = disk.Open(beside))
        {
            file.Truncate(0);
            file.Write(0, System.Text.Encoding.ASCII.GetBytes(text));
            file.Sync();
        }

        disk.Rename(beside, path);
        disk.SyncDirectory(root);
    }

    private static string ReadText(IDisk disk, string path)
    {
        using IDiskFile file = disk.Open(path);
        byte[] bytes = new byte[256];
        return System.Text.Encoding.ASCII.GetString(bytes, 0, file.Read(0, bytes));
    }
}

using System.Security.Cryptography;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Site.Subjects;

/// <summary>
/// The keys of the subjects of a site, a file of 32 random bytes each, readable by the owner only. A key is made once,
/// never derived and never written anywhere else, so that without its file nobody has it.
/// </summary>
internal sealed class SubjectKeys(IDisk disk, string directory)
{
    private const string Extension = ".key";
    private const string NewExtension = ".key.new";

    public string PathOf(SubjectId subject) => Path.Combine(directory, subject + Extension);

    public bool Exists(SubjectId subject) => disk.Exists(PathOf(subject));

    /// <summary>The subjects that have a key, in ordinal order.</summary>
    public IEnumerable<SubjectId> Subjects => disk.Files(directory)
        .Where(static name => name.EndsWith(Extension, StringComparison.Ordinal))
        .Select(static name => SubjectId.TryParse(name[..^Extension.Length], out SubjectId subject) ? subject : default)
        .Where(static subject => subject != default);

    /// <summary>Null where the subject has no key, or its file is none.</summary>
    public SealingKey? TryLoad(SubjectId subject)
    {
        if (!Exists(subject))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[SealingKey.Size];
        try
        {
            using IDiskFile file = disk.Open(PathOf(subject));

            // Zeros are what a file system makes of a file that it lost, and what everybody would try first.
            bool isKey = file.Length == SealingKey.Size
                && file.Read(0, bytes) == SealingKey.Size
                && bytes.ContainsAnyExcept((byte)0);
            return isKey ? SealingKey.FromBytes(bytes) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Makes a key, durable on return. The subject must have none.</summary>
    public SealingKey Create(SubjectId subject)
    {
        string beside = Path.Combine(directory, subject + NewExtension);
        disk.CreateDirectory(directory);
        DestroyIfThere(beside);
        Span<byte> bytes = stackalloc byte[SealingKey.Size];
        try
        {
            RandomNumberGenerator.Fill(bytes);
            using (IDiskFile file = disk.OpenSecret(beside))
            {
                file.Write(0, bytes);
                file.Sync();
            }

            disk.Rename(beside, PathOf(subject));
            disk.SyncDirectory(directory);
            return SealingKey.FromBytes(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Overwrites a key with random bytes and removes it; false where there is none.</summary>
    public bool Destroy(SubjectId subject)
    {
        DestroyIfThere(Path.Combine(directory, subject + NewExtension));
        return DestroyIfThere(PathOf(subject));
    }

    private bool DestroyIfThere(string path)
    {
        bool isThere = disk.Exists(path);
        if (isThere)
        {
            FileDestruction.DestroyKey(disk, path);
        }

        return isThere;
    }
}

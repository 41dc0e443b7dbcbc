namespace EnergyChain.Node.Storage;

/// <summary>
/// The file operations that durability rests on, apart so that tests can crash between any two of them. Methods
/// throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where the disk does not comply.
/// </summary>
public interface IDisk
{
    /// <summary>Opens for reading and writing; makes the file where it is absent.</summary>
    IDiskFile Open(string path);

    /// <summary>The same; a file that it makes can be read by its owner only, where the disk knows owners.</summary>
    IDiskFile OpenSecret(string path) => Open(path);

    bool Exists(string path);

    /// <summary>Names, without folder, of the files in a folder, in ordinal order; empty where it is absent.</summary>
    IReadOnlyList<string> Files(string directory);

    /// <summary>Makes a folder where it is absent, with those above it; durable on return.</summary>
    void CreateDirectory(string directory);

    /// <summary>
    /// Makes the folder where it is absent and holds it for this process until disposed or the process ends.
    /// Throws <see cref="StorageException"/> where that cannot be.
    /// </summary>
    IDisposable Hold(string directory);

    void Delete(string path);

    /// <summary>
    /// Renames within a folder, replacing what stands at the target. Durable after the folder's sync.
    /// </summary>
    void Rename(string from, string to);

    /// <summary>Makes creations, renames and deletions in a folder durable.</summary>
    void SyncDirectory(string directory);
}

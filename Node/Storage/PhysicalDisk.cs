namespace EnergyChain.Node.Storage;

/// <summary>The operating system's files.</summary>
public sealed class PhysicalDisk : IDisk
{
    private static StringComparer Ordinal => StringComparer.Ordinal;

    public IDiskFile Open(string path) => new PhysicalFile(path);

    public bool Exists(string path) => File.Exists(path);

    public IReadOnlyList<string> Files(string directory) =>
        Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory).Select(static path => Path.GetFileName(path)).Order(Ordinal)]
            : [];

    public void CreateDirectory(string directory) => Directory.CreateDirectory(directory);

    public void Delete(string path) => File.Delete(path);

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void SyncDirectory(string directory) => DirectorySync.Sync(directory);
}

namespace EnergyChain.Node.Storage;

/// <summary>The operating system's files.</summary>
public sealed class PhysicalDisk : IDisk
{
    // EROFS of Linux and macOS; Windows has no such number.
    private const int ReadOnlyFileSystem = 30;

    private static StringComparer Ordinal => StringComparer.Ordinal;

    public IDiskFile Open(string path) => new PhysicalFile(path);

    public IDiskFile OpenSecret(string path)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            using FileStream made = new(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }

        return Open(path);
    }

    public bool Exists(string path) => File.Exists(path);

    public IReadOnlyList<string> Files(string directory) =>
        Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory).Select(static path => Path.GetFileName(path)).Order(Ordinal)]
            : [];

    public void CreateDirectory(string directory)
    {
        if (Directory.Exists(directory))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(Path.GetFullPath(directory));
        if (parent is not null)
        {
            CreateDirectory(parent);
        }

        Directory.CreateDirectory(directory);
        if (parent is not null)
        {
            // Or a power cut takes the folder, with all that was made durable in it.
            SyncDirectory(parent);
        }
    }

    public IDisposable Hold(string directory)
    {
        try
        {
            CreateDirectory(directory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data directory {directory} cannot be made: {failure.Message}", failure);
        }

        string path = Path.Combine(directory, "lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new StorageException($"The data directory {directory} cannot be written: {failure.Message}", failure);
        }
        catch (IOException failure) when (File.Exists(path) && failure.HResult != ReadOnlyFileSystem)
        {
            throw new StorageException(
                $"The data directory {directory} is in use by another process, or its file {path} cannot be locked.",
                failure);
        }
        catch (IOException failure)
        {
            throw new StorageException($"The data directory {directory} cannot be written: {failure.Message}", failure);
        }
    }

    public void Delete(string path) => File.Delete(path);

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void SyncDirectory(string directory) => DirectorySync.Sync(directory);
}

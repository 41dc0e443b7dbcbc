namespace EnergyChain.Node.Storage.Portable;

/// <summary>
/// A file that is there when it is whole, and not at all before: written beside, fsynced, renamed. Disposed before
/// <see cref="Complete"/> it leaves nothing behind. Standard output for the name <c>-</c>.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string _beside;
    private readonly FileStream? _file;
    private bool _isComplete;

    private OutputFile(string path, string beside, FileStream? file, Stream stream)
    {
        _path = path;
        _beside = beside;
        _file = file;
        Stream = stream;
    }

    public Stream Stream { get; }

    /// <summary>Throws <see cref="IOException"/> where the file is there already or the folder takes none.</summary>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="isSecret">Whether only its owner may read it.</param>
    public static OutputFile Create(string path, bool isSecret = false)
    {
        if (path == "-")
        {
            Stream output = new BufferedStream(Console.OpenStandardOutput(), 1 << 20);
            return new OutputFile(path, path, null, output);
        }

        string full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            throw new IOException($"the file {path} exists already.");
        }

        string beside = full + ".partial";
        FileStreamOptions options = new()
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 1 << 20,
        };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            // What stands there from an earlier try has the rights that it had then.
            File.Delete(beside);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        FileStream file = new(beside, options);
        return new OutputFile(full, beside, file, file);
    }

    /// <summary>Makes it durable under its name.</summary>
    public void Complete()
    {
        Stream.Flush();
        if (_file is not null)
        {
            _file.Flush(flushToDisk: true);
            _file.Dispose();
            File.Move(_beside, _path);
            DirectorySync.Sync(Path.GetDirectoryName(_path)!);
        }

        _isComplete = true;
    }

    public void Dispose()
    {
        if (_file is null || _isComplete)
        {
            return;
        }

        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What is still in its buffer finds no room either, and the file goes anyway.
        }

        File.Delete(_beside);
    }
}

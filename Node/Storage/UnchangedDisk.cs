namespace EnergyChain.Node.Storage;

/// <summary>
/// A disk that is looked at and not changed: files are read from another disk; what is written, cut or deleted is so
/// in memory alone. Whoever opens a log through it sees it as a start would mend it, and leaves it as it is. Meant for
/// one thread that opens and many that read.
/// </summary>
internal sealed class UnchangedDisk(IDisk disk) : IDisk
{
    private readonly Dictionary<string, MemoryFile> _made = [];
    private readonly Dictionary<string, string> _renamed = [];
    private readonly HashSet<string> _gone = [];

    public IDiskFile Open(string path)
    {
        if (_made.TryGetValue(path, out MemoryFile? made))
        {
            return made;
        }

        if (_renamed.TryGetValue(path, out string? real))
        {
            return new CutFile(disk.Open(real));
        }

        if (disk.Exists(path) && !_gone.Contains(path))
        {
            return new CutFile(disk.Open(path));
        }

        return _made[path] = new MemoryFile();
    }

    public bool Exists(string path) => _made.ContainsKey(path)
        || _renamed.ContainsKey(path)
        || (!_gone.Contains(path) && disk.Exists(path));

    public IReadOnlyList<string> Files(string directory) =>
    [
        .. disk.Files(directory)
            .Where(name => !_gone.Contains(Path.Combine(directory, name)))
            .Concat(_made.Keys.Concat(_renamed.Keys)
                .Where(path => Path.GetDirectoryName(path) == directory)
                .Select(static path => Path.GetFileName(path)))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    public void CreateDirectory(string directory)
    {
    }

    public IDisposable Hold(string directory) => disk.Hold(directory);

    public void Delete(string path)
    {
        _made.Remove(path);
        _renamed.Remove(path);
        _gone.Add(path);
    }

    public void Rename(string from, string to)
    {
        bool wasMade = _made.Remove(from, out MemoryFile? made);
        string real = _renamed.Remove(from, out string? other) ? other : from;
        Delete(from);
        Delete(to);
        if (wasMade)
        {
            _made[to] = made!;
        }
        else
        {
            _renamed[to] = real;
        }
    }

    public void SyncDirectory(string directory)
    {
    }

    /// <summary>A real file that ends where it was cut.</summary>
    private sealed class CutFile(IDiskFile file) : IDiskFile
    {
        public long Length { get; private set; } = file.Length;

        public int Read(long offset, Span<byte> destination)
        {
            int count = (int)Math.Clamp(Length - offset, 0, destination.Length);
            return file.Read(offset, destination[..count]);
        }

        // Opening a log writes what it has read once more, to be sure of it; there is nothing to be sure of here.
        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
        }

        public void Truncate(long length) => Length = Math.Min(Length, length);

        public void Sync()
        {
        }

        public void Dispose() => file.Dispose();
    }

    /// <summary>A small file that was made anew, such as the index of a segment.</summary>
    private sealed class MemoryFile : IDiskFile
    {
        private byte[] _bytes = [];

        public long Length => _bytes.Length;

        public int Read(long offset, Span<byte> destination)
        {
            int count = (int)Math.Clamp(_bytes.Length - offset, 0, destination.Length);
            _bytes.AsSpan((int)Math.Min(offset, _bytes.Length), count).CopyTo(destination);
            return count;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            Array.Resize(ref _bytes, (int)Math.Max(_bytes.Length, offset + bytes.Length));
            bytes.CopyTo(_bytes.AsSpan((int)offset));
        }

        public void Truncate(long length) => Array.Resize(ref _bytes, (int)length);

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }
}

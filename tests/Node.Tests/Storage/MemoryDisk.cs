using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Tests.Storage;

/// <summary>
/// A disk that forgets: what was written is lost in a crash unless the file was synced, and a new or renamed file
/// unless its folder was. It can also run full after so many bytes.
/// </summary>
internal sealed class MemoryDisk : IDisk
{
    private readonly Dictionary<string, Content> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Content> _durableNames = new(StringComparer.Ordinal);

    /// <summary>Bytes that may still be written.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Writes, syncs and renames so far.</summary>
    public int Operations { get; private set; }

    /// <summary>After so many operations every further one fails, as if the power were gone.</summary>
    public int StopAfter { get; set; } = int.MaxValue;

    public IDiskFile Open(string path)
    {
        if (!_names.TryGetValue(path, out Content? content))
        {
            Step();
            _names[path] = content = new Content();
        }

        return new Handle(this, content);
    }

    public bool Exists(string path) => _names.ContainsKey(path);

    public IReadOnlyList<string> Files(string directory) =>
    [
        .. _names.Keys.Where(path => Path.GetDirectoryName(path) == directory)
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal),
    ];

    public void CreateDirectory(string directory)
    {
    }

    public void Delete(string path)
    {
        Step();
        _names.Remove(path);
    }

    public void Rename(string from, string to)
    {
        Step();
        _names[to] = _names[from];
        _names.Remove(from);
    }

    public void SyncDirectory(string directory)
    {
        Step();
        foreach (string gone in _durableNames.Keys.Where(path => Path.GetDirectoryName(path) == directory).ToArray())
        {
            _durableNames.Remove(gone);
        }

        foreach ((string path, Content content) in _names)
        {
            if (Path.GetDirectoryName(path) == directory)
            {
                _durableNames[path] = content;
            }
        }
    }

    /// <summary>
    /// The disk as a power cut leaves it: durable names, synced bytes, and of each file a share of what was not
    /// synced yet, in percent.
    /// </summary>
    public MemoryDisk Crash(int unsyncedPercent = 0)
    {
        MemoryDisk after = new();
        foreach ((string path, Content content) in _durableNames)
        {
            byte[] survived = content.AfterCrash(unsyncedPercent);
            Content copy = new() { Current = survived, Durable = survived };
            after._names[path] = copy;
            after._durableNames[path] = copy;
        }

        return after;
    }

    private void Step()
    {
        if (Operations >= StopAfter)
        {
            throw new IOException("The power is gone.");
        }

        Operations++;
    }

    private sealed class Content
    {
        public byte[] Current { get; set; } = [];

        public byte[] Durable { get; set; } = [];

        public byte[] AfterCrash(int unsyncedPercent)
        {
            int extra = Math.Max(Current.Length - Durable.Length, 0) * unsyncedPercent / 100;
            return extra == 0 ? Durable : [.. Durable, .. Current.AsSpan(Durable.Length, extra)];
        }
    }

    private sealed class Handle(MemoryDisk disk, Content content) : IDiskFile
    {
        public long Length => content.Current.Length;

        public int Read(long offset, Span<byte> destination)
        {
            int count = (int)Math.Clamp(content.Current.Length - offset, 0, destination.Length);
            content.Current.AsSpan((int)Math.Min(offset, content.Current.Length), count).CopyTo(destination);
            return count;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            disk.Step();
            int taken = (int)Math.Min(bytes.Length, disk.Room);
            disk.Room -= taken;
            byte[] grown = new byte[Math.Max(content.Current.Length, offset + taken)];
            content.Current.CopyTo(grown, 0);
            bytes[..taken].CopyTo(grown.AsSpan((int)offset));
            content.Current = grown;
            if (taken < bytes.Length)
            {
                throw new IOException("No space left on device.");
            }
        }

        public void Truncate(long length)
        {
            disk.Step();
            content.Current = content.Current[..(int)Math.Min(length, content.Current.Length)];
        }

        public void Sync()
        {
            disk.Step();
            content.Durable = content.Current;
        }

        public void Dispose()
        {
        }
    }
}

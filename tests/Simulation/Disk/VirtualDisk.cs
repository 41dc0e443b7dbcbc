using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Disk;

/// <summary>
/// A disk that forgets: what was written is lost in a crash unless the file was synced, and a new or renamed file
/// unless its folder was. It can run full, fail a sync, turn bits over, and stop between any two operations.
/// Not thread-safe.
/// </summary>
internal sealed class VirtualDisk : IDisk
{
    private readonly Dictionary<string, VirtualFile> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VirtualFile> _durableNames = new(StringComparer.Ordinal);
    private readonly List<VirtualFile> _nameless = [];

    /// <summary>Bytes that may still be written.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Writes, syncs and renames so far.</summary>
    public int Operations { get; private set; }

    /// <summary>After so many operations every further one fails, as if the power were gone.</summary>
    public int StopAfter { get; set; } = int.MaxValue;

    /// <summary>Called before each operation; may throw <see cref="CrashException"/>. Null for nobody.</summary>
    public Action? BeforeOperation { get; set; }

    /// <summary>Asked at each sync whether it fails. Null for never.</summary>
    public Func<bool>? FailsSync { get; set; }

    /// <summary>Told of each read, with what was read, and may change it. Null for nobody.</summary>
    public ReadHook? OnRead { get; set; }

    /// <summary>Changes bytes on their way from the disk.</summary>
    public delegate void ReadHook(Span<byte> bytes);

    /// <summary>Every file that is there, in ordinal order.</summary>
    public IReadOnlyList<string> Paths => [.. _names.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// What stands on the disk, in files whose name is gone too: what somebody finds who reads it block by block.
    /// </summary>
    public IEnumerable<byte[]> Contents =>
        _names.Values.Union(_durableNames.Values).Union(_nameless).Select(static file => file.Durable());

    public IDiskFile Open(string path)
    {
        if (!_names.TryGetValue(path, out VirtualFile? file))
        {
            Step();
            _names[path] = file = new VirtualFile();
        }

        return new VirtualHandle(this, file);
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

    public IDisposable Hold(string directory) => new MemoryStream();

    public void Delete(string path)
    {
        Step();
        if (_names.Remove(path, out VirtualFile? gone))
        {
            _nameless.Add(gone);
        }
    }

    public void Rename(string from, string to)
    {
        Step();
        if (_names.TryGetValue(to, out VirtualFile? gone))
        {
            _nameless.Add(gone);
        }

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

        foreach ((string path, VirtualFile file) in _names)
        {
            if (Path.GetDirectoryName(path) == directory)
            {
                _durableNames[path] = file;
            }
        }
    }

    /// <summary>
    /// The disk as a power cut leaves it: durable names, synced bytes, and of what was added to each file a share, in
    /// percent.
    /// </summary>
    public VirtualDisk Crash(int unsyncedPercent = 0) =>
        After(_durableNames, file => file.AfterCrash(unsyncedPercent));

    /// <summary>The disk as a power cut leaves it, torn by sectors.</summary>
    public VirtualDisk PowerCut(SeededRandom random)
    {
        // Names that were not synced may have reached the disk all the same.
        bool hasNewNames = random.Chance(50);
        int sectorPercent = random.Pick([0, 50, 90, 100]);
        return After(hasNewNames ? _names : _durableNames, file => file.AfterPowerCut(random, sectorPercent));
    }

    /// <summary>
    /// The disk as the next process finds it where only the last one died: everything that was written is there to be
    /// read, and what was not synced can still be lost.
    /// </summary>
    public VirtualDisk Kill() => Only(static _ => true);

    /// <summary>The same with these files alone.</summary>
    public VirtualDisk Only(Func<string, bool> isKept)
    {
        VirtualDisk after = new();
        after._nameless.AddRange(_nameless);
        foreach (string path in Paths.Where(isKept))
        {
            after._names[path] = _names[path];
        }

        foreach (string path in _durableNames.Keys.Where(isKept).Order(StringComparer.Ordinal))
        {
            after._durableNames[path] = _durableNames[path];
        }

        return after;
    }

    /// <summary>Turns one bit over in a file; false where it is empty.</summary>
    public bool TryFlip(string path, SeededRandom random)
    {
        VirtualFile file = _names[path];
        if (file.Length > 0)
        {
            file.Flip(random.Below(file.Length), random.Below(8));
        }

        return file.Length > 0;
    }

    internal void Step()
    {
        BeforeOperation?.Invoke();
        if (Operations >= StopAfter)
        {
            throw new IOException("The power is gone.");
        }

        Operations++;
    }

    private VirtualDisk After(
        Dictionary<string, VirtualFile> names, Func<VirtualFile, VirtualFile> survive)
    {
        VirtualDisk after = new();
        after._nameless.AddRange(_nameless);
        after._nameless.AddRange(_names.Values.Union(_durableNames.Values).Except(names.Values));
        foreach ((string path, VirtualFile file) in names.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            after._names[path] = after._durableNames[path] = survive(file);
        }

        return after;
    }
}

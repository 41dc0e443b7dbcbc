using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Disk;

/// <summary>
/// The names of a disk's files: as programs see them, as they are on the disk, and the changes between. A change is
/// made whole or not at all; those of a folder that was not synced reach the disk in any selection.
/// </summary>
internal sealed class VirtualNames
{
    private readonly Dictionary<string, VirtualFile> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VirtualFile> _durable = new(StringComparer.Ordinal);
    private readonly List<Change> _pending = [];
    private readonly List<VirtualFile> _nameless = [];

    /// <summary>Every file that programs see, in ordinal order.</summary>
    public IReadOnlyList<string> Paths => [.. _seen.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Every file, those that have no name any more too.</summary>
    public IEnumerable<VirtualFile> All => _seen.Values.Union(_durable.Values).Union(_nameless);

    public VirtualFile this[string path] => _seen[path];

    public bool TryGet(string path, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out VirtualFile? file) =>
        _seen.TryGetValue(path, out file);

    /// <summary>Names without folder of the files in a folder, in ordinal order.</summary>
    public IReadOnlyList<string> In(string directory) =>
    [
        .. _seen.Keys.Where(path => IsIn(path, directory))
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal),
    ];

    public void Create(string path, VirtualFile file) => Make(new Change(null, path, file));

    public void Delete(string path)
    {
        if (_seen.ContainsKey(path))
        {
            Make(new Change(path, null, null));
        }
    }

    public void Rename(string from, string to) => Make(new Change(from, to, _seen[from]));

    public void Sync(string directory)
    {
        foreach (Change change in _pending.Where(change => IsIn(change.Path, directory)))
        {
            change.ApplyTo(_durable);
        }

        _pending.RemoveAll(change => IsIn(change.Path, directory));
    }

    /// <summary>The durable names.</summary>
    public VirtualNames Durable(Func<VirtualFile, VirtualFile> survive) => Of(_durable, survive);

    /// <summary>The durable names, and any of the changes that were not synced.</summary>
    public VirtualNames AfterPowerCut(SeededRandom random, Func<VirtualFile, VirtualFile> survive)
    {
        Dictionary<string, VirtualFile> names = new(_durable, StringComparer.Ordinal);
        int percent = random.Pick([0, 50, 50, 100]);
        foreach (Change change in _pending)
        {
            if (random.Chance(percent))
            {
                change.ApplyTo(names);
            }
        }

        return Of(names, survive);
    }

    /// <summary>The same names and changes over the same files.</summary>
    /// <param name="isKept">Which paths; null for all.</param>
    /// <param name="copy">Gives the file to stand for another; null for itself.</param>
    public VirtualNames Same(Func<string, bool>? isKept = null, Func<VirtualFile, VirtualFile>? copy = null)
    {
        Dictionary<VirtualFile, VirtualFile> copies = [];
        VirtualNames same = new();
        same._nameless.AddRange(_nameless);
        foreach ((string path, VirtualFile file) in _seen.Where(pair => isKept?.Invoke(pair.Key) != false))
        {
            same._seen[path] = Of(file);
        }

        foreach ((string path, VirtualFile file) in _durable.Where(pair => isKept?.Invoke(pair.Key) != false))
        {
            same._durable[path] = Of(file);
        }

        same._pending.AddRange(_pending
            .Where(change => isKept?.Invoke(change.Path) != false)
            .Select(change => change with { File = change.File is null ? null : Of(change.File) }));
        return same;

        VirtualFile Of(VirtualFile file)
        {
            if (!copies.TryGetValue(file, out VirtualFile? other))
            {
                copies[file] = other = copy?.Invoke(file) ?? file;
            }

            return other;
        }
    }

    private static bool IsIn(string path, string directory) => Path.GetDirectoryName(path) == directory;

    // In order of their names, so that equal seeds draw alike.
    private VirtualNames Of(Dictionary<string, VirtualFile> names, Func<VirtualFile, VirtualFile> survive)
    {
        VirtualNames after = new();
        after._nameless.AddRange(All.Except(names.Values));
        foreach ((string path, VirtualFile file) in names.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            after._seen[path] = after._durable[path] = survive(file);
        }

        return after;
    }

    private void Make(Change change)
    {
        foreach (string path in new[] { change.Gone, change.Come }.OfType<string>())
        {
            if (_seen.TryGetValue(path, out VirtualFile? file) && file != change.File)
            {
                _nameless.Add(file);
            }
        }

        change.ApplyTo(_seen);
        _pending.Add(change);
    }

    private readonly record struct Change(string? Gone, string? Come, VirtualFile? File)
    {
        public string Path => Come ?? Gone!;

        public void ApplyTo(Dictionary<string, VirtualFile> names)
        {
            if (Gone is not null)
            {
                names.Remove(Gone);
            }

            if (Come is not null)
            {
                names[Come] = File!;
            }
        }
    }
}

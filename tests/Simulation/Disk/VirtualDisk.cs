using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Disk;

/// <summary>
/// A disk that forgets: what was written is lost in a crash unless the file was synced, and a new or renamed file
/// unless its folder was. It can run full, fail a sync, turn bits over, pass over syncs, and stop before or after any
/// operation. Not thread-safe.
/// </summary>
internal sealed class VirtualDisk : IDisk
{
    private static readonly PowerLoss[] Losses = Enum.GetValues<PowerLoss>();

    private readonly VirtualNames _names;

    public VirtualDisk()
        : this(new VirtualNames())
    {
    }

    private VirtualDisk(VirtualNames names) => _names = names;

    /// <summary>Bytes that may still be written.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Operations so far.</summary>
    public int Operations { get; private set; }

    /// <summary>After so many operations every further one fails, as if the power were gone.</summary>
    public int StopAfter { get; set; } = int.MaxValue;

    /// <summary>Called before each operation; may throw <see cref="CrashException"/>. Null for nobody.</summary>
    public Action<DiskOperation>? BeforeOperation { get; set; }

    /// <summary>Called after each operation; may throw <see cref="CrashException"/>. Null for nobody.</summary>
    public Action<DiskOperation>? AfterOperation { get; set; }

    /// <summary>Asked at each sync whether it fails. Null for never.</summary>
    public Func<bool>? FailsSync { get; set; }

    /// <summary>
    /// Asked at each sync of a file or folder whether it does nothing and says that it did: what a program does that
    /// leaves a sync out. Null for never.
    /// </summary>
    public Func<DiskOperation, bool>? IgnoresSync { get; set; }

    /// <summary>Told of each read, with what was read, and may change it. Null for nobody.</summary>
    public ReadHook? OnRead { get; set; }

    /// <summary>Changes bytes on their way from the disk.</summary>
    public delegate void ReadHook(Span<byte> bytes);

    /// <summary>Every file that is there, in ordinal order.</summary>
    public IReadOnlyList<string> Paths => _names.Paths;

    /// <summary>
    /// What stands on the disk, in files whose name is gone too: what somebody finds who reads it block by block.
    /// </summary>
    public IEnumerable<byte[]> Contents => _names.All.Select(static file => file.Durable());

    public IDiskFile Open(string path)
    {
        if (!_names.TryGet(path, out VirtualFile? file))
        {
            file = new VirtualFile();
            Do(DiskOperationKind.Create, path, () => _names.Create(path, file));
        }

        return new VirtualHandle(this, path, file);
    }

    public bool Exists(string path) => _names.TryGet(path, out _);

    public IReadOnlyList<string> Files(string directory) => _names.In(directory);

    /// <summary>A folder is there as soon as it was made, and stays: so the contract says.</summary>
    public void CreateDirectory(string directory) => Do(DiskOperationKind.MakeFolder, directory, static () => { });

    public IDisposable Hold(string directory) => new MemoryStream();

    public void Delete(string path) => Do(DiskOperationKind.Delete, path, () => _names.Delete(path));

    public void Rename(string from, string to) => Do(DiskOperationKind.Rename, from, () => _names.Rename(from, to));

    public void SyncDirectory(string directory)
    {
        DiskOperation operation = new(DiskOperationKind.SyncFolder, directory);
        Do(DiskOperationKind.SyncFolder, directory, () =>
        {
            if (IgnoresSync?.Invoke(operation) != true)
            {
                _names.Sync(directory);
            }
        });
    }

    /// <summary>
    /// The disk as a power cut leaves it: durable names, synced bytes, and of what was added to each file a share, in
    /// percent.
    /// </summary>
    public VirtualDisk Crash(int unsyncedPercent = 0) =>
        new(_names.Durable(file => file.AfterCrash(unsyncedPercent)));

    /// <summary>
    /// The disk as a power cut leaves it: of the names and bytes that were not synced some are there and others not,
    /// in no order.
    /// </summary>
    /// <param name="random">Draws what survives.</param>
    /// <param name="loss">What becomes of each file; null draws it file by file.</param>
    public VirtualDisk PowerCut(SeededRandom random, PowerLoss? loss = null) =>
        new(_names.AfterPowerCut(random, file => file.AfterPowerCut(random, loss ?? random.Pick(Losses))));

    /// <summary>
    /// The disk as the next process finds it where only the last one died: everything that was written is there to be
    /// read, and what was not synced can still be lost.
    /// </summary>
    public VirtualDisk Kill() => new(_names.Same());

    /// <summary>
    /// The same, and where a sync had failed the kernel has let go of some of the pages that it took for clean.
    /// </summary>
    public VirtualDisk Kill(SeededRandom random)
    {
        foreach (string path in Paths)
        {
            if (random.Chance(50))
            {
                _names[path].EvictLost();
            }
        }

        return Kill();
    }

    /// <summary>The same with these files alone.</summary>
    public VirtualDisk Only(Func<string, bool> isKept) => new(_names.Same(isKept));

    /// <summary>An independent copy, with what is durable and what is not.</summary>
    public VirtualDisk Copy() => new(_names.Same(copy: static file => file.Copy()));

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

    internal void Do(DiskOperationKind kind, string path, Action action)
    {
        DiskOperation operation = new(kind, path);
        BeforeOperation?.Invoke(operation);
        if (Operations >= StopAfter)
        {
            throw new IOException("The power is gone.");
        }

        Operations++;
        action();
        AfterOperation?.Invoke(operation);
    }
}

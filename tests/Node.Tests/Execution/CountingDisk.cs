using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Tests.Execution;

/// <summary>The disk of the machine, and how often it was told to make something durable.</summary>
internal sealed class CountingDisk : IDisk
{
    private readonly PhysicalDisk _disk = new();

    public int Syncs { get; private set; }

    public IDiskFile Open(string path) => new CountingFile(this, _disk.Open(path));

    public bool Exists(string path) => _disk.Exists(path);

    public IReadOnlyList<string> Files(string directory) => _disk.Files(directory);

    public void CreateDirectory(string directory) => _disk.CreateDirectory(directory);

    public IDisposable Hold(string directory) => _disk.Hold(directory);

    public void Delete(string path) => _disk.Delete(path);

    public void Rename(string from, string to) => _disk.Rename(from, to);

    public void SyncDirectory(string directory)
    {
        Syncs++;
        _disk.SyncDirectory(directory);
    }

    private sealed class CountingFile(CountingDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> destination) => file.Read(offset, destination);

        public void Write(long offset, ReadOnlySpan<byte> bytes) => file.Write(offset, bytes);

        public void Truncate(long length) => file.Truncate(length);

        public void Sync()
        {
            disk.Syncs++;
            file.Sync();
        }

        public void Dispose() => file.Dispose();
    }
}

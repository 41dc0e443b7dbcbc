using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Tests.Index;

/// <summary>The disk, which tells before each change of a folder that it is about to happen.</summary>
internal sealed class SteppedDisk(Action beforeStep) : IDisk
{
    private readonly PhysicalDisk _disk = new();

    public IDiskFile Open(string path)
    {
        beforeStep();
        return _disk.Open(path);
    }

    public bool Exists(string path) => _disk.Exists(path);

    public IReadOnlyList<string> Files(string directory) => _disk.Files(directory);

    public void CreateDirectory(string directory) => _disk.CreateDirectory(directory);

    public IDisposable Hold(string directory) => _disk.Hold(directory);

    public void Delete(string path)
    {
        beforeStep();
        _disk.Delete(path);
    }

    public void Rename(string from, string to)
    {
        beforeStep();
        _disk.Rename(from, to);
    }

    public void SyncDirectory(string directory)
    {
        beforeStep();
        _disk.SyncDirectory(directory);
    }
}

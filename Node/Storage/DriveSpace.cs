namespace EnergyChain.Node.Storage;

/// <summary>The room of the operating system's drives.</summary>
public sealed class DriveSpace : IDiskSpace
{
    public long FreeBytes(string path) => new DriveInfo(path).AvailableFreeSpace;
}

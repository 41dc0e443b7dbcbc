namespace EnergyChain.Node.Storage;

/// <summary>Tells how much room a disk has left.</summary>
public interface IDiskSpace
{
    /// <summary>
    /// Bytes that this process may still write to the file system of a path. <see cref="IOException"/> or
    /// <see cref="UnauthorizedAccessException"/> where nobody can tell.
    /// </summary>
    long FreeBytes(string path);
}

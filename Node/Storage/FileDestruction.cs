using System.Security.Cryptography;

namespace EnergyChain.Node.Storage;

/// <summary>
/// Takes a file away so that its bytes cannot be read back, as far as a file system lets one: overwritten and synced
/// under its name before the name goes. A disk that writes elsewhere (flash, copy-on-write) may keep the old bytes.
/// </summary>
internal static class FileDestruction
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>Overwrites with zeros and removes, durably. Called again it ends what a crash cut short.</summary>
    public static void Destroy(IDisk disk, string path) => Destroy(disk, path, static _ => { });

    /// <summary>
    /// The same with random bytes, for a key: whoever finds the remains cannot tell that they are no key.
    /// </summary>
    public static void DestroyKey(IDisk disk, string path) => Destroy(disk, path, RandomNumberGenerator.Fill);

    private delegate void Filling(Span<byte> bytes);

    private static void Destroy(IDisk disk, string path, Filling fill)
    {
        using (IDiskFile file = disk.Open(path))
        {
            byte[] bytes = new byte[ChunkBytes];
            for (long offset = 0; offset < file.Length; offset += bytes.Length)
            {
                Span<byte> chunk = bytes.AsSpan(0, (int)Math.Min(bytes.Length, file.Length - offset));
                fill(chunk);
                file.Write(offset, chunk);
            }

            file.Sync();
        }

        disk.Delete(path);
        disk.SyncDirectory(Path.GetDirectoryName(path)!);
    }
}

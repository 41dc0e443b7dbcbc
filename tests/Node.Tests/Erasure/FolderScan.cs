namespace EnergyChain.Node.Tests.Erasure;

/// <summary>Looks for bytes in every file below a folder, whatever the file is for.</summary>
internal static class FolderScan
{
    /// <summary>Files that hold the bytes anywhere.</summary>
    public static IReadOnlyList<string> FilesWith(string folder, ReadOnlyMemory<byte> bytes) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).Length > 0) // such as the lock, which cannot be opened
            .Where(path => Read(path).AsSpan().IndexOf(bytes.Span) >= 0),
    ];

    private static byte[] Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}

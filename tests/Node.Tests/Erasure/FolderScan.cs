namespace EnergyChain.Node.Tests.Erasure;

/// <summary>Looks for bytes in every file below a folder, whatever the file is for.</summary>
internal static class FolderScan
{
    /// <summary>Files that hold the bytes anywhere.</summary>
    public static IReadOnlyList<string> FilesWith(string folder, ReadOnlyMemory<byte> bytes) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Read(path).AsSpan().IndexOf(bytes.Span) >= 0),
    ];

    // Files of a running node come and go, and some are held open.
    private static byte[] Read(string path)
    {
        try
        {
            using FileStream file = new(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[file.Length];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..count];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}

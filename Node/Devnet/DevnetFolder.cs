using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Devnet;

/// <summary>
/// The data directory of a devnet. A run makes a new chain, so what an earlier run left is deleted; a folder that no
/// devnet made is never touched.
/// </summary>
public static class DevnetFolder
{
    private const string Marker = "devnet.txt";

    /// <summary>
    /// Empties the folder and gives its lock, to be held for the run; throws <see cref="OperatorException"/> where it
    /// holds something else or another devnet runs in it.
    /// </summary>
    public static IDisposable Prepare(string path)
    {
        string root = Path.GetFullPath(path);
        string marker = Path.Combine(root, Marker);
        bool hasContent = Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any();
        if (File.Exists(root) || (hasContent && !File.Exists(marker)))
        {
            throw OperatorException.ForOption(
                "--data-dir", path, "a new or empty folder, or one that an earlier devnet made");
        }

        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(root);
            held = Lock(path, marker);
            foreach (string entry in Directory.EnumerateFileSystemEntries(root).Where(entry => entry != marker))
            {
                Delete(entry);
            }

            held.SetLength(0);
            held.Write("Data of a local EnergyChain devnet; the next run deletes it.\n"u8);
            held.Flush();
            return held;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new OperatorException($"--data-dir '{path}' cannot be written: {error.Message}", error);
        }
    }

    private static FileStream Lock(string path, string marker)
    {
        try
        {
            return new FileStream(marker, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (File.Exists(marker))
        {
            throw new OperatorException(
                $"--data-dir '{path}' is in use by another devnet; choose another folder or end that devnet.",
                error,
                ExitCode.InUse);
        }
    }

    private static void Delete(string entry)
    {
        if (Directory.Exists(entry))
        {
            Directory.Delete(entry, recursive: true);
        }
        else
        {
            File.Delete(entry);
        }
    }
}

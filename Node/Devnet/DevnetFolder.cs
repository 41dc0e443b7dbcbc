using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Devnet;

/// <summary>
/// The data directory of a devnet. A run makes a new chain, so what an earlier run left is deleted; a folder that no
/// devnet made is never touched.
/// </summary>
public static class DevnetFolder
{
    private const string Marker = "devnet.txt";

    /// <summary>Gives an empty folder; throws <see cref="OperatorException"/> where it holds something else.</summary>
    public static string Prepare(string path)
    {
        string root = Path.GetFullPath(path);
        string marker = Path.Combine(root, Marker);
        bool hasContent = Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any();
        if (File.Exists(root) || (hasContent && !File.Exists(marker)))
        {
            throw OperatorException.ForOption(
                "--data-dir", path, "a new or empty folder, or one that an earlier devnet made");
        }

        try
        {
            Directory.CreateDirectory(root);
            foreach (string entry in Directory.EnumerateFileSystemEntries(root).Where(entry => entry != marker))
            {
                Delete(entry);
            }

            File.WriteAllText(marker, "Data of a local EnergyChain devnet; the next run deletes it.\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"--data-dir '{path}' cannot be written: {error.Message}", error);
        }

        return root;
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

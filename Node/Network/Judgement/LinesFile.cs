using System.Globalization;
using System.Text;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Network.Judgement;

/// <summary>
/// A small text file with its checksum in the first line, written as a whole beside the old one. What is in it can be
/// learned anew: a damaged one counts as empty.
/// </summary>
internal sealed class LinesFile(string path, string title, ILogger? logger)
{
    private const long MaxBytes = 4 * 1024 * 1024;

    /// <summary>The lines; none where the file is absent or damaged.</summary>
    public IReadOnlyList<string> Load()
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists || file.Length > MaxBytes)
            {
                return [];
            }

            string text = File.ReadAllText(path);
            int end = text.IndexOf('\n', StringComparison.Ordinal);
            if (end > 0 && text[..end] == HeaderOf(text[(end + 1)..]))
            {
                return text[(end + 1)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }

            logger?.StateFileDamaged(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            logger?.StateFileFailed(path, failure.Message);
        }

        return [];
    }

    /// <summary>Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public void Save(IEnumerable<string> lines)
    {
        string body = string.Concat(lines.Select(line => line + "\n"));
        File.WriteAllText(path + ".new", HeaderOf(body) + "\n" + body);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>False, and a line in the log, where it cannot be written.</summary>
    public bool TrySave(IEnumerable<string> lines)
    {
        try
        {
            Save(lines);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            logger?.StateFileFailed(path, failure.Message);
            return false;
        }
    }

    private string HeaderOf(string body) => string.Create(
        CultureInfo.InvariantCulture, $"{title} 1 {Crc32C.Of(Encoding.UTF8.GetBytes(body)):x8}");
}

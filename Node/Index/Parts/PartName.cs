using System.Globalization;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// The file of a part: <c>0000000001-0000008192-0.db</c>, its first and last height and how often it was merged.
/// </summary>
/// <param name="Range">Its heights.</param>
/// <param name="Level">0 as it was written, one more with each merge.</param>
internal readonly record struct PartName(PartRange Range, int Level)
{
    public const string Extension = ".db";

    public string File => string.Create(
        CultureInfo.InvariantCulture, $"{Range.First.Value:D10}-{Range.Last.Value:D10}-{Level}{Extension}");

    public static bool TryParse(string file, out PartName name)
    {
        name = default;
        string[] words = Path.GetFileNameWithoutExtension(file).Split('-');
        bool read = words.Length == 3
            & ulong.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong first)
            & ulong.TryParse(
                words.ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong last)
            & int.TryParse(words.ElementAtOrDefault(2), NumberStyles.None, CultureInfo.InvariantCulture, out int level);
        if (!read || first == 0 || last < first)
        {
            return false;
        }

        name = new PartName(new PartRange(new Height(first), new Height(last)), level);
        return name.File == file;
    }
}

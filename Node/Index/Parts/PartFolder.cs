using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Index.Parts;

/// <summary>The folder of the parts after a crash at any point.</summary>
internal static class PartFolder
{
    /// <summary>
    /// Removes what is unfinished, LiteDB's journals and parts that a merge already put into another, and gives the
    /// others, ascending. Files with other names are left alone.
    /// </summary>
    public static List<PartName> Clean(IDisk disk, string folder)
    {
        List<PartName> names = [];
        foreach (string file in disk.Files(folder))
        {
            if (PartName.TryParse(file, out PartName name))
            {
                names.Add(name);
            }
            else if (file.EndsWith(PartWriter.Unfinished, StringComparison.Ordinal)
                || Path.GetFileNameWithoutExtension(file).EndsWith("-log", StringComparison.Ordinal))
            {
                disk.Delete(Path.Combine(folder, file));
            }
        }

        // Of parts with the same first height the longest comes first, and covers the others.
        names.Sort(static (a, b) => (a.Range.First, b.Range.Last).CompareTo((b.Range.First, a.Range.Last)));
        List<PartName> kept = [];
        foreach (PartName name in names)
        {
            if (kept.Count > 0 && name.Range.First <= kept[^1].Range.Last)
            {
                disk.Delete(Path.Combine(folder, name.File));
            }
            else
            {
                kept.Add(name);
            }
        }

        return kept;
    }
}

namespace EnergyChain.Simulation.Disk;

/// <summary>One operation of a disk.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Path">The file or folder; of a rename the old name.</param>
internal readonly record struct DiskOperation(DiskOperationKind Kind, string Path)
{
    /// <summary>
    /// The same for every file of a kind, as <c>rename state/….checkpoint.new</c>: folder and extensions stay, numbers
    /// do not.
    /// </summary>
    /// <param name="root">The folder that paths are named from.</param>
    public string Name(string root)
    {
        string relative = System.IO.Path.GetRelativePath(root, Path);
        string folder = System.IO.Path.GetDirectoryName(relative) ?? string.Empty;
        string file = System.IO.Path.GetFileName(relative);
        int digits = file.TakeWhile(static letter => char.IsAsciiDigit(letter) || letter == '-').Count();
        string name = digits > 0 ? "…" + file[digits..] : file;
        return $"{Verb} {(folder.Length > 0 ? folder + "/" : "")}{name}";
    }

    private string Verb => Kind switch
    {
        DiskOperationKind.MakeFolder => "make folder",
        DiskOperationKind.SyncFolder => "sync folder",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}

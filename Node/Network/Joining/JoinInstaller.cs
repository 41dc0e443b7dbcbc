using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Network.Joining;

/// <summary>
/// Makes a fetched snapshot the node's own: checkpoint and trust chain first, then, by one rename, the block log that
/// goes with them. Until that rename the data directory is one without blocks, and the node joins again from what it
/// has.
/// </summary>
internal static class JoinInstaller
{
    public static string BlocksOf(DataDirectory directory) => Path.Combine(directory.Join, "blocks");

    /// <summary>Whether the directory has no chain yet.</summary>
    public static bool IsFresh(IDisk disk, string blocks) => disk.Files(blocks).Count == 0;

    public static void Install(
        DataDirectory directory,
        CheckpointHead head,
        WorldState state,
        IReadOnlyList<TermLink> links,
        ILogger logger)
    {
        IDisk disk = directory.Disk;
        Checkpoints checkpoints = new(disk, directory.State, directory.GenesisHash, logger);
        checkpoints.Prepare();
        foreach (Height stale in checkpoints.Heights())
        {
            disk.Delete(Path.Combine(directory.State, FileNameOf(disk, directory.State, stale)));
        }

        checkpoints.Write(head, state.Copy());
        foreach (string folder in (string[])[directory.Receipts, directory.Lookup])
        {
            Clear(disk, folder);
        }

        TermLinkFile.Write(disk, directory.Terms, directory.GenesisHash, links);
        disk.CreateDirectory(directory.Blocks);
        string from = BlocksOf(directory);
        string log = disk.Files(from).Single(static name => name.EndsWith(".log", StringComparison.Ordinal));
        disk.Rename(Path.Combine(from, log), Path.Combine(directory.Blocks, log));
        disk.SyncDirectory(directory.Blocks);
        Discard(directory);
    }

    /// <summary>Removes what was fetched.</summary>
    public static void Discard(DataDirectory directory)
    {
        Clear(directory.Disk, BlocksOf(directory));
        Clear(directory.Disk, directory.Join);
    }

    private static string FileNameOf(IDisk disk, string folder, Height height) =>
        disk.Files(folder).First(name => name.StartsWith(
            height.Value.ToString("D20", System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal));

    private static void Clear(IDisk disk, string folder)
    {
        IReadOnlyList<string> names = disk.Files(folder);
        foreach (string name in names)
        {
            disk.Delete(Path.Combine(folder, name));
        }

        if (names.Count > 0)
        {
            disk.SyncDirectory(folder);
        }
    }
}

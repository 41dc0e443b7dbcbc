namespace EnergyChain.Node.Storage;

/// <summary>
/// Files that are written beside and renamed when they are whole. One that could not be finished, because the disk is
/// full for instance, must not keep its room until the next start.
/// </summary>
internal static class UnfinishedFiles
{
    /// <summary>Does work that writes a file and, where the disk fails, lets go of what is there of it.</summary>
    public static T OrNone<T>(this IDisk disk, string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LetGo(disk, path);
            throw;
        }
    }

    /// <inheritdoc cref="OrNone{T}"/>
    public static void OrNone(this IDisk disk, string path, Action work) => disk.OrNone(path, () =>
    {
        work();
        return true;
    });

    private static void LetGo(IDisk disk, string path)
    {
        try
        {
            if (disk.Exists(path))
            {
                disk.Delete(path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next start removes it.
        }
    }
}

using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index;

/// <summary>What an index does before it follows a chain.</summary>
internal static class IndexFolder
{
    /// <summary>
    /// Removes the one file that earlier versions kept the index in; the parts are built from the chain.
    /// </summary>
    public static void RemoveFormerFile(string folder, ILogger logger)
    {
        string former = folder + ".db";
        foreach (string file in new[] { former, folder + "-log.db", former + ".open" })
        {
            if (File.Exists(file))
            {
                IndexLog.RemovesFormer(logger, file);
                File.Delete(file);
            }
        }
    }

    /// <summary>The first height of the source whose block is not older than a time.</summary>
    public static Height FirstSince(IIndexSource source, ulong timeMs)
    {
        ulong low = source.First.Value;
        ulong high = Math.Max(low, source.Last.Value);
        while (low < high)
        {
            ulong middle = low + ((high - low) / 2);
            if (source.TryReadTime(new Height(middle), out BlockTime time) && time.UnixMs < timeMs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return new Height(low);
    }
}

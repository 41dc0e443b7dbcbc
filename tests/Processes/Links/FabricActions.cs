namespace EnergyChain.Processes.Links;

/// <summary>What is done to many directions at once.</summary>
public static class FabricActions
{
    /// <summary>Sets both directions between every two nodes.</summary>
    public static async Task SetAllAsync(this IFabric fabric, IReadOnlyList<string> nodes, LinkQuality quality)
    {
        foreach (string from in nodes)
        {
            foreach (string to in nodes.Where(to => to != from))
            {
                await fabric.SetAsync(from, to, quality);
            }
        }
    }

    /// <summary>Sets both directions between the nodes of one side and those of the other.</summary>
    public static async Task SetBetweenAsync(
        this IFabric fabric, IEnumerable<string> side, IEnumerable<string> other, LinkQuality quality)
    {
        string[] others = [.. other];
        foreach (string left in side)
        {
            foreach (string right in others)
            {
                await fabric.SetAsync(left, right, quality);
                await fabric.SetAsync(right, left, quality);
            }
        }
    }
}

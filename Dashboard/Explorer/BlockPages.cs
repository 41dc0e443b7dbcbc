using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Live;

namespace EnergyChain.Dashboard.Explorer;

/// <summary>Pages of old blocks: the node's stream of blocks from a height, ended after a page.</summary>
public static class BlockPages
{
    /// <summary>At most <paramref name="count"/> blocks below a height, newest first.</summary>
    public static LiveQuery<IReadOnlyList<BlockRow>> Below(ulong before, int count) =>
        new($"blocks/{before}/{count}", (node, stop) => ReadAsync(node, before, count, stop), null);

    private static async Task<IReadOnlyList<BlockRow>> ReadAsync(
        INodeClient node, ulong before, int count, CancellationToken cancellationToken)
    {
        BlockInfo head = await node.GetBlockAsync((Height?)null, cancellationToken);
        ulong last = Math.Min(head.Height.Value, before == 0 ? 0 : before - 1);
        if (last == 0)
        {
            return [];
        }

        ulong first = last > (ulong)count ? last - (ulong)count + 1 : 1;
        List<BlockRow> rows = [];
        await foreach (BlockInfo block in node.StreamBlocksAsync(new Height(first), cancellationToken))
        {
            rows.Add(BlockRow.Of(block));
            if (block.Height.Value >= last)
            {
                break;
            }
        }

        rows.Reverse();
        return rows;
    }
}

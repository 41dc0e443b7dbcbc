namespace EnergyChain.Node.Devnet.Report;

/// <summary>Figures of the chain section.</summary>
public static class ChainFigures
{
    /// <param name="run">The run's blocks.</param>
    /// <param name="nodes">Every node's answer at the common height.</param>
    /// <param name="startHeight">The head when all nodes were up.</param>
    /// <param name="finalityMs">Times from submission to commit.</param>
    public static ChainSection Of(
        RunHistory run, IReadOnlyList<NodeRow> nodes, ulong startHeight, IReadOnlyList<double> finalityMs)
    {
        NodeRow first = nodes.FirstOrDefault(node => node.HeadHash.Length > 0) ?? nodes[0];
        BlockFacts[] blocks = [.. run.Blocks.Where(block => block.Height.Value <= first.Height)];
        BlockFacts[] measured = [.. blocks.Where(block => block.Height.Value >= startHeight)];
        return new ChainSection
        {
            Height = first.Height,
            Validators = nodes.Count(node => node.Role == "consensus"),
            Relays = nodes.Count(node => node.Role == "relay"),
            Transactions = blocks.Sum(block => (long)block.Transactions),
            Reverted = blocks.Sum(block => (long)block.Reverted),
            IntervalMs = Distribution.Of(measured.Zip(
                measured.Skip(1), (before, after) => (double)(after.Time.UnixMs - before.Time.UnixMs))),
            FinalityMs = Distribution.Of(finalityMs),
            HeadHash = first.HeadHash,
            StateRoot = first.StateRoot,
            AllNodesAgree = nodes.All(node =>
                node.HeadHash.Length > 0 && node.HeadHash == first.HeadHash && node.StateRoot == first.StateRoot),
            Nodes = nodes,
        };
    }
}

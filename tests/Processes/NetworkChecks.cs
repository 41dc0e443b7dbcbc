using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using EnergyChain.Processes.Nodes;

namespace EnergyChain.Processes;

/// <summary>What must hold of every network, whatever was done to it; gathers what does not.</summary>
public sealed class NetworkChecks(ProcessNetwork network)
{
    private readonly List<string> _violations = [];

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>A node was asked to stop and ended with a code; null where it had to be killed.</summary>
    public void Ended(LabNode node, int? exitCode)
    {
        if (exitCode != 0)
        {
            string how = exitCode is { } code ? $"ended with {code}" : "did not end";
            Violated($"{node.Name} {how} after SIGTERM");
        }
    }

    /// <summary>One block at each height on all nodes, chained without a gap, and no evidence in any.</summary>
    public void CheckBlocks()
    {
        Dictionary<ulong, (Hash32 Hash, string Node)> known = [];
        foreach (LabNode node in network.Nodes)
        {
            BlockInfo? parent = null;
            foreach (BlockInfo block in node.Watch.Blocks.Select(seen => seen.Block))
            {
                if (parent is not null
                    && (block.Height.Value != parent.Height.Value + 1 || block.ParentHash != parent.Hash))
                {
                    Violated($"{node.Name}: block {block.Height} does not follow {parent.Height}");
                }

                if (!known.TryAdd(block.Height.Value, (block.Hash, node.Name))
                    && known[block.Height.Value].Hash != block.Hash)
                {
                    Violated($"{node.Name} and {known[block.Height.Value].Node} differ at {block.Height}");
                }

                if (block.Evidence > 0)
                {
                    Violated($"{node.Name}: block {block.Height} carries evidence that somebody signed twice");
                }

                parent = block;
            }
        }
    }

    /// <summary>
    /// Every node's own state after its head is the one that the next header states, which a quorum has signed.
    /// </summary>
    public async Task CheckStatesAsync()
    {
        foreach (LabNode node in network.Nodes)
        {
            NodeStatusInfo status = await node.Client.GetStatusAsync(CancellationToken.None);
            ulong height = status.Height.Value;
            await network.ReachAsync([node], height + 1);
            IReadOnlyList<SeenBlock> blocks = node.Watch.Blocks;
            BlockInfo head = blocks.First(seen => seen.Height == height).Block;
            BlockInfo next = blocks.First(seen => seen.Height == height + 1).Block;
            if (head.Hash != status.HeadHash || next.ParentStateRoot != status.StateRoot)
            {
                Violated($"{node.Name}: status at {height} names another head or state than the blocks");
            }
        }
    }

    /// <summary>Every transfer that a node admitted stands in exactly one block.</summary>
    public void CheckTransfers(IReadOnlyCollection<Hash32> accepted)
    {
        LabNode longest = network.Nodes
            .Where(node => node.Watch.Blocks[0].Height == 1)
            .MaxBy(node => node.Watch.Height)!;
        Dictionary<Hash32, int> found = [];
        foreach (Hash32 id in longest.Watch.Blocks.SelectMany(seen => seen.Block.TransactionIds))
        {
            found[id] = found.GetValueOrDefault(id) + 1;
        }

        int lost = accepted.Count(id => !found.ContainsKey(id));
        int twice = found.Values.Count(times => times > 1);
        if (accepted.Count == 0)
        {
            Violated("no transfer was admitted at all");
        }

        if (lost > 0 || twice > 0)
        {
            Violated($"of {accepted.Count} admitted transfers {lost} are in no block, {twice} in more than one");
        }
    }

    /// <summary>No log tells of what no honest network has.</summary>
    public void CheckLogs()
    {
        foreach (LabNode node in network.Nodes)
        {
            foreach (string line in node.AlarmLines())
            {
                Violated($"{node.Name} logged: {line}");
            }
        }
    }

    private void Violated(string what) => _violations.Add(what);
}

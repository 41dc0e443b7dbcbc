using EnergyChain.Core;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.Tree;

namespace EnergyChain.Ledger.State;

/// <summary>
/// The accounts and storage words under one node of a frontier, in the order of their keys in the tree. It is verified
/// by itself; the code of its accounts is told by its hash and comes apart.
/// </summary>
public sealed record StateChunk(IReadOnlyList<StateEntry> Entries) : IBcsValue<StateChunk>
{
    public static StateChunk Decode(ref BcsReader reader) =>
        new(Bcs.ReadList<StateEntry>(ref reader, Limits.SnapshotChunkLeaves));

    public void Encode(BcsWriter writer) => writer.WriteList(Entries);

    /// <summary>Whether these are exactly what the tree holds under a node of a frontier of that tree.</summary>
    public bool Verify(StateFrontier frontier, int node)
    {
        TreeLeaf[] leaves = new TreeLeaf[Entries.Count];
        for (int i = 0; i < leaves.Length; i++)
        {
            if (LeafOf(Entries[i]) is not { } leaf)
            {
                return false;
            }

            leaves[i] = leaf;
        }

        FrontierNode expected = frontier.Nodes[node];
        return Subtree.HashOf(leaves, frontier.PrefixOf(node), expected.Depth) == expected.Hash;
    }

    /// <summary>The leaf that stands for an entry; null for what is no leaf: code, and a word of zero.</summary>
    public static TreeLeaf? LeafOf(StateEntry entry) => entry switch
    {
        StateEntry.Account account => new TreeLeaf(
            StateKeys.OfAccount(account.Address), StateKeys.ValueOf(account.State)),
        StateEntry.Slot { Value.IsZero: false } slot => new TreeLeaf(
            StateKeys.OfSlot(slot.Address, slot.Key), StateKeys.ValueOf(slot.Value)),
        _ => null,
    };
}

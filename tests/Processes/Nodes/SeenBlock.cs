using EnergyChain.Client.Model;

namespace EnergyChain.Processes.Nodes;

/// <summary>A final block as a node's stream told of it.</summary>
/// <param name="Block">The block.</param>
/// <param name="SeenAt">When it came, as a timestamp of the system's clock.</param>
public sealed record SeenBlock(BlockInfo Block, long SeenAt)
{
    public ulong Height => Block.Height.Value;
}

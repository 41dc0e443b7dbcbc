using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Tree;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Network.Joining;

/// <summary>A snapshot that is proven: its head by the certified header after it, its frontier by the state root.</summary>
internal sealed record JoinTarget(CheckpointHead Head, StateFrontier Frontier)
{
    public Height Height => Head.Height;
}

using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Tree;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Network.Joining;

/// <summary>
/// A snapshot that is proven: its head by the certified header after it, its frontier by the state root. That says
/// nothing of how the frontier is cut, so chunks are asked for by its hash.
/// </summary>
/// <param name="Head">What the certified header proves.</param>
/// <param name="Frontier">A cut through the state of the head.</param>
/// <param name="FrontierHash">BLAKE2b-256 of the frontier as it came.</param>
internal sealed record JoinTarget(CheckpointHead Head, StateFrontier Frontier, Hash32 FrontierHash)
{
    public Height Height => Head.Height;
}

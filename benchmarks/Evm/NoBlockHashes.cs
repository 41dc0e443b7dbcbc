using EnergyChain.Core.Primitives;
using EnergyChain.Vm;

namespace EnergyChain.Benchmarks.Evm;

/// <summary>No earlier blocks: nothing that is measured asks for one.</summary>
internal sealed class NoBlockHashes : IBlockHashes
{
    public Hash32 GetBlockHash(Height height) => Hash32.Zero;
}

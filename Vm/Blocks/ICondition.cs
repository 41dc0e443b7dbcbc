using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Blocks;

/// <summary>What a way out depends on.</summary>
internal interface ICondition
{
    static abstract bool Holds(in UInt256 first, in UInt256 second);
}

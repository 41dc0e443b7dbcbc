using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Blocks;

/// <summary>Where a body finds one of its values, as a type.</summary>
internal interface IOperand
{
    static abstract ref UInt256 At(ref UInt256 stack, ref UInt256 constants, int offset);
}

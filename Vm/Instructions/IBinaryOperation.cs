using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Instructions;

/// <summary>An opcode that turns two words, the top one first, into one.</summary>
internal interface IBinaryOperation
{
    static abstract UInt256 Apply(in UInt256 first, in UInt256 second);
}

using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Instructions;

/// <summary>An opcode that turns three words, the top one first, into one.</summary>
internal interface ITernaryOperation
{
    static abstract UInt256 Apply(in UInt256 first, in UInt256 second, in UInt256 third);
}

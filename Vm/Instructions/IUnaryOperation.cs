using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Instructions;

/// <summary>An opcode that turns the top word into another.</summary>
internal interface IUnaryOperation
{
    static abstract UInt256 Apply(in UInt256 value);
}

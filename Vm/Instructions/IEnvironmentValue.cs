using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Instructions;

/// <summary>An opcode that pushes a word which the frame knows.</summary>
internal interface IEnvironmentValue
{
    static abstract UInt256 Read(Frame frame);
}

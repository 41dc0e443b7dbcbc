using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Blocks;

/// <summary>An opcode of fixed gas that cannot fail and turns the top word into another.</summary>
internal interface IInPlaceInstruction
{
    static abstract void Run(Frame frame, EvmStack stack);
}

using EnergyChain.Vm.Instructions;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Blocks;

/// <summary>The interpreter's own bodies where a block can use them.</summary>
internal static class InPlaceInstructions
{
    public readonly struct Calldataload : IInPlaceInstruction
    {
        public static void Run(Frame frame, EvmStack stack) => Handlers.Calldataload(frame, stack, 0);
    }

    public readonly struct Tload : IInPlaceInstruction
    {
        public static void Run(Frame frame, EvmStack stack) => Handlers.Tload(frame, stack, 0);
    }

    public readonly struct Blockhash : IInPlaceInstruction
    {
        public static void Run(Frame frame, EvmStack stack) => Handlers.Blockhash(frame, stack, 0);
    }

    public readonly struct Blobhash : IInPlaceInstruction
    {
        public static void Run(Frame frame, EvmStack stack) => Handlers.Blobhash(frame, stack, 0);
    }
}

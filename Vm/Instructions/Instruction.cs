using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Instructions;

/// <summary>A row of the opcode table in the form the loop reads it: 16 bytes.</summary>
internal unsafe struct Instruction
{
    /// <summary>
    /// Runs the opcode. It gets the position after the opcode and returns that of the next one, or
    /// <see cref="Frame.Ended"/> or <see cref="Frame.Suspended"/>.
    /// </summary>
    // Safety: every row points to a static method of this signature; see InstructionTable.
    public delegate*<Frame, EvmStack, int, int> Handler;

    /// <summary>Gas charged before the handler runs.</summary>
    public ushort Gas;

    /// <summary>The least stack height before it.</summary>
    public short Needs;

    /// <summary>The greatest stack height before it.</summary>
    public short Limit;

    /// <summary>What it adds to the stack height.</summary>
    public sbyte Delta;
}

using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Blocks;

/// <summary>
/// What the body of a block's operation answers: the number of the exit to take, <see cref="Frame.Ended"/>,
/// <see cref="Frame.Suspended"/> or one of these.
/// </summary>
internal static class BlockSignal
{
    /// <summary>The next operation of the block follows.</summary>
    public const int Continue = -4;

    /// <summary>
    /// The gas left is too little for the operation with all that the block has prepaid: nothing is done, and the
    /// interpreter goes on at the same opcode, opcode by opcode.
    /// </summary>
    public const int TooLittleGas = -5;

    /// <summary>The block is over, and the frame's program counter says where to go on.</summary>
    public const int Resume = -6;

    /// <summary>The interpreter must go on, at least to the next jump.</summary>
    public const int Interpret = -7;
}

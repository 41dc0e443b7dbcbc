using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Blocks;

/// <summary>
/// An operation of a block: a body and where its values lie, in bytes from the block's stack or constants.
/// </summary>
internal unsafe struct BlockOperation
{
    /// <summary>Gets frame, stack at the block's entry, constants and this; answers a position or signal.</summary>
    // Safety: only BlockBodies' methods are put here, each of this signature.
    public delegate*<Frame, ref UInt256, ref UInt256, ref BlockOperation, int> Body;

    public int First;
    public int Second;
    public int Third;

    /// <summary>Where the result goes; of a way out, the number of the exit.</summary>
    public int Destination;
}

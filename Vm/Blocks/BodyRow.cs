using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Blocks;

/// <summary>What a block can do for an opcode.</summary>
internal sealed unsafe class BodyRow
{
    /// <summary>The number of operands that makes room for every combination of places.</summary>
    public const int Combinations = 8;

    /// <summary>Words taken.</summary>
    public required int Operands { get; init; }

    /// <summary>Whether nothing is left on the stack.</summary>
    public bool IsVoid { get; init; }

    /// <summary>
    /// The bodies by where the operands lie: bit i of the index is set where operand i, the top being 0, is a
    /// constant. Where there is none, constants are put into words first; the one for words alone is always there.
    /// </summary>
    // Safety: see BodyTable.
    public delegate*<Frame, ref UInt256, ref UInt256, ref BlockOperation, int>[] Bodies { get; } =
        new delegate*<Frame, ref UInt256, ref UInt256, ref BlockOperation, int>[Combinations];

    /// <summary>The result for constants, or null where it depends on more than its operands.</summary>
    public Func<UInt256, UInt256, UInt256>? Fold { get; init; }

    /// <summary>Of a comparison: leaves the block where it holds.</summary>
    public BodyRow? Branch { get; init; }

    /// <summary>Of a comparison: leaves the block where it does not hold.</summary>
    public BodyRow? BranchUnless { get; init; }
}

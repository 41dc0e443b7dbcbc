using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Blocks;

/// <summary>
/// A stretch of code that starts at one position, compiled from stack to register form: PUSH, DUP, SWAP and POP are
/// gone, gas and stack height are checked once. See docs/vm.md.
/// </summary>
internal sealed class Block
{
    /// <summary>Position in the code.</summary>
    public required int Start { get; init; }

    /// <summary>Gas of all its opcodes without what depends on their values.</summary>
    public required long Gas { get; init; }

    /// <summary>The least stack height at entry.</summary>
    public required int Needs { get; init; }

    /// <summary>The greatest stack height at entry.</summary>
    public required int Limit { get; init; }

    public required BlockOperation[] Operations { get; init; }

    /// <summary>For each operation the number of the opcode it stands for, counted along the block.</summary>
    public required int[] Ordinals { get; init; }

    public required UInt256[] Constants { get; init; }

    public required BlockExit[] Exits { get; init; }
}

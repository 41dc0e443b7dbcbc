namespace EnergyChain.Vm.Blocks;

/// <summary>A way out of a block, or a place inside it where all values are brought to their positions.</summary>
/// <param name="target">Position in the code to go on at, or one of the constants.</param>
/// <param name="heightChange">Stack height here less that at the block's entry.</param>
/// <param name="refund">Gas prepaid for what the block does after this exit.</param>
/// <param name="moves">In this order they bring every value to its position.</param>
internal sealed class BlockExit(int target, int heightChange, long refund, BlockMove[] moves)
{
    /// <summary>The target of moves that the block goes on after.</summary>
    public const int Inside = -1;

    /// <summary>The target is the frame's program counter.</summary>
    public const int Computed = -2;

    public readonly int Target = target;
    public readonly int HeightChange = heightChange;
    public readonly long Refund = refund;
    public readonly BlockMove[] Moves = moves;

    /// <summary>The block at the target, once it is known.</summary>
    public Block? Next;
}

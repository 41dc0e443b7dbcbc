namespace EnergyChain.Vm.Blocks;

/// <summary>A value to copy to a word of the stack; offsets are in bytes.</summary>
/// <param name="Source">In the stack, or among the constants.</param>
/// <param name="Destination">In the stack.</param>
/// <param name="IsConstant">Whether the source is a constant.</param>
internal readonly record struct BlockMove(int Source, int Destination, bool IsConstant);

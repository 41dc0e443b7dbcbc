namespace EnergyChain.Vm.Blocks;

/// <summary>Where a value of a block lies.</summary>
/// <param name="Index">
/// A word of the stack relative to the place above the top at the block's entry (-1 is that top), or the number of a
/// constant.
/// </param>
/// <param name="IsConstant">Whether it is a constant of the block.</param>
internal readonly record struct Operand(int Index, bool IsConstant)
{
    public static Operand Word(int index) => new(index, false);

    public static Operand Constant(int index) => new(index, true);
}

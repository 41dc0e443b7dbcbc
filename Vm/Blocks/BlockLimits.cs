namespace EnergyChain.Vm.Blocks;

/// <summary>The bounds of compiled blocks. None of them is part of the EVM: no result depends on them.</summary>
internal static class BlockLimits
{
    /// <summary>Opcodes in one block.</summary>
    public const int Opcodes = 200;

    /// <summary>Ways out of one block.</summary>
    public const int Exits = 16;

    /// <summary>Words below the stack top at entry that a block may work on.</summary>
    public const int Depth = 32;

    /// <summary>Words above the stack top at entry that a block may grow to.</summary>
    public const int Growth = 32;

    /// <summary>Words for values that cannot lie at their own place of the stack.</summary>
    public const int Temporaries = 32;

    /// <summary>Words of a frame's stack beyond the machine's own: room of the temporaries over a full stack.</summary>
    public const int ScratchWords = Growth + Temporaries + 1;

    /// <summary>
    /// What a code earns by a jump or a call that is interpreted. Compiling costs one for every opcode and move, so
    /// the work of compiling stays behind that of running whatever an attacker has us run.
    /// </summary>
    public const int HeatOfJump = 2;

    /// <summary>The heat from which on blocks are compiled.</summary>
    public const int CompileHeat = 256;

    /// <summary>
    /// Opcodes and moves of the blocks that a machine keeps, of up to about 90 bytes each. When there are more, it
    /// forgets all blocks and compiles anew what is still hot.
    /// </summary>
    public const int KeptWork = 1 << 18;

    /// <summary>Bytes of code whose table of blocks counts as one opcode kept.</summary>
    public const int CodeBytesOfWork = 8;

    /// <summary>The heat of a code that is never compiled: no machine runs for so many jumps.</summary>
    public const int NeverHot = int.MinValue;

    /// <summary>The heat of a code that is compiled whatever runs.</summary>
    public const int AlwaysHot = int.MaxValue;

    /// <summary>
    /// Opcodes compiled for each byte of a code, at most; a block can hold what another one holds too.
    /// </summary>
    public const int OpcodesPerByte = 4;
}

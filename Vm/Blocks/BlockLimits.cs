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

    /// <summary>What a code earns by a jump or a call that is interpreted.</summary>
    public const int HeatOfJump = 2;

    /// <summary>The heat from which on blocks are compiled.</summary>
    public const int CompileHeat = 256;

    /// <summary>
    /// What compiling a block costs whatever is in it, with the price of an opcode, an exit and a move. At these prices
    /// the jumps that pay for a block took at least as long as compiling it does.
    /// </summary>
    public const int WorkOfBlock = 128;

    public const int WorkOfOpcode = 4;

    public const int WorkOfExit = 16;

    public const int WorkOfMove = 2;

    /// <summary>How far below zero the heat may be before a code's blocks rest; no single block goes so far.</summary>
    public const int GreatestDebt = 4_096;

    /// <summary>
    /// Opcodes compiled for each byte of a code, at most; a block can hold what another one holds too.
    /// </summary>
    public const int OpcodesPerByte = 4;

    /// <summary>
    /// Bytes of blocks that a machine keeps. When there are more, it forgets all and compiles anew what is still hot.
    /// </summary>
    public const int KeptBytes = 32 * 1024 * 1024;
}

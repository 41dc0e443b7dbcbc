namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>What most of a generated program is made of.</summary>
public enum ProgramShape
{
    /// <summary>Opcodes in a row, their operands on the stack.</summary>
    Straight,

    /// <summary>Loops of up to some thousand turns, nested, entered in the middle or left in many ways.</summary>
    Loops,

    /// <summary>Jumps to targets computed, loaded from memory or passed as return addresses.</summary>
    Jumps,

    /// <summary>Calls, creations, return data and self-destruction.</summary>
    Calls,

    /// <summary>Some of everything.</summary>
    Mixed,
}

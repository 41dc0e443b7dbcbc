namespace EnergyChain.Vm;

/// <summary>What runs the code of contracts. Every engine gives the same results, to the last unit of gas.</summary>
public enum CodeEngine
{
    /// <summary>The interpreter, and compiled blocks for code that runs often enough to be worth compiling.</summary>
    Adaptive,

    /// <summary>The interpreter alone, opcode by opcode.</summary>
    Interpreter,

    /// <summary>
    /// Compiled blocks from the first opcode on: for tests, as compiling costs more than one run saves.
    /// </summary>
    Blocks,
}

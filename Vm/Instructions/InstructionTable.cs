using EnergyChain.Core;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Instructions;

/// <summary>
/// The one opcode table: name, gas, stack words taken and left, immediate bytes, body. The loop runs from it, and
/// <see cref="OpcodeTable"/> shows it to documentation and the disassembler.
/// </summary>
internal static unsafe partial class InstructionTable
{
    private const int Size = 256;

    private static readonly Instruction[] Rows = new Instruction[Size];
    private static readonly OpcodeInfo?[] RowInfos = new OpcodeInfo?[Size];

    static InstructionTable()
    {
        for (int i = 0; i < Size; i++)
        {
            Rows[i] = new Instruction { Handler = &Handlers.Invalid, Limit = VmLimits.StackWords };
        }

        DefineArithmetic();
        DefineLogic();
        DefineEnvironment();
        DefineMemory();
        DefineStack();
        DefineStackMoves();
        DefineLogs();
        DefineCalls();
    }

    /// <summary>256 rows, an undefined opcode's being that of INVALID.</summary>
    public static Instruction[] Instructions => Rows;

    /// <summary>256 rows, null for an undefined opcode.</summary>
    public static ReadOnlySpan<OpcodeInfo?> Infos => RowInfos;

    // Safety: the type of the pointer is checked where the row names its method.
    private static void Define(
        Opcode opcode,
        int gas,
        int pops,
        int pushes,
        delegate*<Frame, EvmStack, int, int> handler,
        int immediateBytes = 0)
    {
        int index = (int)opcode;
        Invariant.Check(RowInfos[index] is null);
        Rows[index] = new Instruction
        {
            Handler = handler,
            Gas = (ushort)gas,
            Needs = (short)pops,
            Limit = (short)(VmLimits.StackWords - Math.Max(0, pushes - pops)),
            Delta = (sbyte)(pushes - pops),
        };
        RowInfos[index] = new OpcodeInfo(opcode.ToString().ToUpperInvariant(), gas, pops, pushes, immediateBytes);
    }
}

using EnergyChain.Vm.Instructions;

namespace EnergyChain.Vm.Opcodes;

/// <summary>The opcode table as people and tools read it.</summary>
public static class OpcodeTable
{
    /// <summary>Null for a byte that is no opcode of the fork.</summary>
    public static OpcodeInfo? Find(byte opcode) => InstructionTable.Infos[opcode];
}

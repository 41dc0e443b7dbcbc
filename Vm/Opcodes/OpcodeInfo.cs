namespace EnergyChain.Vm.Opcodes;

/// <summary>What the opcode table says of one opcode.</summary>
/// <param name="Name">The mnemonic in upper case.</param>
/// <param name="Gas">Charged before the opcode runs; what depends on its operands comes on top.</param>
/// <param name="Pops">Words it takes from the stack.</param>
/// <param name="Pushes">Words it leaves instead.</param>
/// <param name="ImmediateBytes">Bytes of the code after it that belong to it.</param>
public readonly record struct OpcodeInfo(string Name, int Gas, int Pops, int Pushes, int ImmediateBytes);

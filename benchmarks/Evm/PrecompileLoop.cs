using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Benchmarks.Evm;

/// <summary>
/// A contract that calls one precompile again and again with its call data, and returns the Keccak-256 of the last
/// output. Its gas follows from the Yellow Paper and the price of one call.
/// </summary>
internal static class PrecompileLoop
{
    private const ulong WordBytes = 32;

    // JUMPDEST, five pushes of arguments, STATICCALL to a warm address, POP, and the count down to the jump back.
    private const ulong GasOfRound = 1 + (3 + 3 + 2 + 2 + 3 + 2) + 100 + 2 + (3 + 3 + 3 + 3 + 3 + 10);

    private static readonly Address LoopAddress = Address.FromNumber(0x10_0B);

    /// <param name="precompile">Whom to call.</param>
    /// <param name="input">What to call it with.</param>
    /// <param name="outputBytes">How much it gives back.</param>
    /// <param name="price">Gas that it takes for this input.</param>
    /// <param name="rounds">Calls.</param>
    /// <param name="outputHash">Keccak-256 of what it gives back.</param>
    /// <param name="isEthereum">Whether Ethereum has it.</param>
    public static BytecodeProgram Create(
        Address precompile,
        byte[] input,
        int outputBytes,
        ulong price,
        int rounds,
        Hash32 outputHash,
        bool isEthereum) => new(
            LoopAddress,
            Code(precompile, outputBytes, (int)(Words(input.Length) * WordBytes), rounds),
            input,
            outputHash.ToArray(),
            Gas(input.Length, outputBytes, price, (ulong)rounds),
            isEthereum);

    private static byte[] Code(Address precompile, int outputBytes, int outputOffset, int rounds)
    {
        byte[] prologue =
        [
            (byte)Opcode.Calldatasize, (byte)Opcode.Push0, (byte)Opcode.Push0, (byte)Opcode.Calldatacopy,
            .. Push(Opcode.Push3, rounds),
        ];
        byte[] output = [.. Push(Opcode.Push3, outputBytes), .. Push(Opcode.Push3, outputOffset)];
        return
        [
            .. prologue,
            (byte)Opcode.Jumpdest,
            .. output,
            (byte)Opcode.Calldatasize, (byte)Opcode.Push0,
            (byte)Opcode.Push20, .. precompile.ToArray(),
            (byte)Opcode.Gas, (byte)Opcode.Staticcall, (byte)Opcode.Pop,
            .. Push(Opcode.Push3, 1), (byte)Opcode.Swap1, (byte)Opcode.Sub, (byte)Opcode.Dup1,
            .. Push(Opcode.Push3, prologue.Length), (byte)Opcode.Jumpi,
            .. output, (byte)Opcode.Keccak256, (byte)Opcode.Push0, (byte)Opcode.Mstore,
            .. Push(Opcode.Push3, (int)WordBytes), (byte)Opcode.Push0, (byte)Opcode.Return,
        ];
    }

    private static byte[] Push(Opcode opcode, int value) =>
        [(byte)opcode, (byte)(value >> 16), (byte)((value >> 8) & 0xFF), (byte)(value & 0xFF)];

    private static ulong Gas(int inputBytes, int outputBytes, ulong price, ulong rounds)
    {
        ulong memory = Words(inputBytes) + Words(outputBytes);
        ulong prologue = 2 + 2 + 2 + (3 + (3 * Words(inputBytes))) + 3;
        ulong expansion = (3 * memory) + (memory * memory / 512);
        ulong epilogue = 3 + 3 + (30 + (6 * Words(outputBytes))) + 2 + 3 + 3 + 2;
        return prologue + expansion + (rounds * (GasOfRound + price)) + epilogue;
    }

    private static ulong Words(int bytes) => ((ulong)bytes + WordBytes - 1) / WordBytes;
}

using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Interpreter;

/// <summary>Code made ready to run: padded with STOP, its jump destinations found when the first jump asks.</summary>
internal sealed class ContractCode
{
    /// <summary>
    /// A PUSH32 as the last byte reads 32 bytes past the end, and a push of one byte reads eight at once.
    /// </summary>
    private const int Padding = 40;

    private ulong[]? _jumpDestinations;

    public ContractCode(ReadOnlySpan<byte> code)
    {
        Length = code.Length;
        Padded = new byte[code.Length + Padding];
        code.CopyTo(Padded);
    }

    public static ContractCode Empty { get; } = new([]);

    /// <summary>The code and at least 40 zero bytes.</summary>
    public byte[] Padded { get; }

    /// <summary>Bytes of the code itself.</summary>
    public int Length { get; }

    public ReadOnlySpan<byte> Bytes => Padded.AsSpan(0, Length);

    /// <summary>Whether there is a JUMPDEST at the position that is not part of a push.</summary>
    public bool IsJumpDestination(ulong position)
    {
        if (position >= (ulong)Length)
        {
            return false;
        }

        ulong[] map = _jumpDestinations ??= Analyse();
        return ((map[position >> 6] >> (int)(position & 63)) & 1) != 0;
    }

    private ulong[] Analyse()
    {
        ulong[] map = new ulong[(Length + 63) / 64];
        ReadOnlySpan<byte> code = Bytes;
        for (int i = 0; i < code.Length; i++)
        {
            byte opcode = code[i];
            if (opcode == (byte)Opcode.Jumpdest)
            {
                map[i >> 6] |= 1UL << (i & 63);
            }
            else if (opcode is >= (byte)Opcode.Push1 and <= (byte)Opcode.Push32)
            {
                i += opcode - (byte)Opcode.Push0;
            }
        }

        return map;
    }
}

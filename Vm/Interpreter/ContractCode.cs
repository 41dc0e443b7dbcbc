using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Blocks;
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
    private Block?[]? _blocks;
    private int _heat;
    private int _compiledWork;
    private int _generation;

    /// <param name="code">The code.</param>
    /// <param name="heat">What it has earned towards compiling; see <see cref="BlockLimits"/>.</param>
    public ContractCode(ReadOnlySpan<byte> code, int heat = 0)
    {
        _heat = heat;
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

    public bool IsJumpDestination(in UInt256 position) => position.FitsUInt64 && IsJumpDestination(position.Low64);

    /// <summary>Notes that the code was called.</summary>
    public void CountCall() => Warm();

    /// <summary>Notes an interpreted jump; whether a block may run from its target on.</summary>
    public bool CountJump(int target)
    {
        Warm();
        return _heat >= BlockLimits.CompileHeat || (_blocks is not null && _blocks[target] is not null);
    }

    /// <summary>The block that starts at a position; null where it is not worth compiling yet.</summary>
    public Block? FindBlock(int position, BlockCompiler compiler)
    {
        if (_blocks is not null && _generation == compiler.Generation && position < _blocks.Length
            && _blocks[position] is Block block)
        {
            return block;
        }

        return _heat < BlockLimits.CompileHeat || position > Length ? null : Compile(position, compiler);
    }

    private Block? Compile(int position, BlockCompiler compiler)
    {
        if (_compiledWork > BlockLimits.Opcodes + ((long)Length * BlockLimits.OpcodesPerByte))
        {
            _heat = BlockLimits.NeverHot;
            return null;
        }

        if (_blocks is null || _generation != compiler.Generation)
        {
            compiler.AddCode(Length);
            _blocks = new Block?[Length + 1];
            _generation = compiler.Generation;
            _compiledWork = 0;
        }

        Block block = compiler.Compile(this, position);
        _heat -= compiler.Work;
        _compiledWork += compiler.Work;
        _blocks[position] = block;
        return block;
    }

    private void Warm()
    {
        if (_heat < BlockLimits.CompileHeat)
        {
            _heat += BlockLimits.HeatOfJump;
        }
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

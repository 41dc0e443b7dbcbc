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

    private readonly CodeEngine _engine;
    private ulong[]? _jumpDestinations;
    private BlockTable? _blocks;

    /// <summary>What it has earned towards compiling, less what compiling cost.</summary>
    private int _heat;

    /// <param name="code">The code.</param>
    /// <param name="engine">What runs it.</param>
    public ContractCode(ReadOnlySpan<byte> code, CodeEngine engine = CodeEngine.Adaptive)
    {
        _engine = engine;
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
        return MayCompile || FindCompiled(target) is not null;
    }

    /// <summary>The block that starts at a position; null where the interpreter is to go on.</summary>
    public Block? FindBlock(int position, BlockCompiler compiler) =>
        FindCompiled(position) ?? (MayCompile && position <= Length ? Compile(position, compiler) : null);

    /// <summary>
    /// Notes what it cost to get out of a block whose gas was not enough. Code that makes a habit of it is interpreted.
    /// </summary>
    public void ChargeUnwind(int work) => _heat = Math.Max(_heat - work, int.MinValue / 2);

    /// <summary>Gives up the compiled blocks.</summary>
    public void ForgetBlocks() => _blocks = null;

    private bool MayCompile => _blocks is not { IsFull: true } && _engine switch
    {
        CodeEngine.Adaptive => _heat >= BlockLimits.CompileHeat,
        CodeEngine.Blocks => true,
        _ => false,
    };

    private Block? FindCompiled(int position) =>
        _heat >= -BlockLimits.GreatestDebt || _engine == CodeEngine.Blocks ? _blocks?.Find(position) : null;

    private Block Compile(int position, BlockCompiler compiler)
    {
        compiler.MakeRoom();
        if (_blocks is null)
        {
            _blocks = new BlockTable(Length);
            compiler.AddCode(this);
        }

        Block block = compiler.Compile(this, position);
        _heat -= compiler.Work;
        compiler.Keep(_blocks.Add(block, compiler.Opcodes));
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

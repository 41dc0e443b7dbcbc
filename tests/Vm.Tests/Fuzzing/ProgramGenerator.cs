using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>
/// Writes random programs that get somewhere: operands are on the stack, offsets mostly small, jumps mostly land, loops
/// mostly end. One in some tens goes wrong on purpose. The same seed gives the same programs.
/// </summary>
/// <param name="seed">Of all that follows.</param>
/// <param name="peers">Accounts that programs call and look at.</param>
internal sealed partial class ProgramGenerator(int seed, IReadOnlyList<Address> peers)
{
    private const int MaxCreationDepth = 2;

    private readonly Random _random = new(seed);
    private ProgramWriter _writer = new();
    private ProgramShape _shape;
    private int _creationDepth;
    private int _loopDepth;

    public ProgramGenerator(int seed)
        : this(seed, [Address.FromNumber(0xC0DE), Address.FromNumber(0x07E4)])
    {
    }

    /// <summary>The source of every choice, for callers that have some of their own to make.</summary>
    public Random Random => _random;

    /// <summary>A program of any shape.</summary>
    public byte[] Program() => Program((ProgramShape)_random.Next(5));

    /// <param name="shape">What most of it is made of.</param>
    public byte[] Program(ProgramShape shape) =>
        Program(shape, 3 + _random.Next(shape == ProgramShape.Straight ? 60 : 20));

    /// <param name="shape">What most of it is made of.</param>
    /// <param name="statements">How many statements its outermost level has.</param>
    public byte[] Program(ProgramShape shape, int statements)
    {
        ProgramWriter outer = _writer;
        ProgramShape outerShape = _shape;
        int outerLoops = _loopDepth;
        _writer = new ProgramWriter();
        _shape = shape;
        _loopDepth = 0;
        if (Chance(60))
        {
            Prologue();
        }

        Statements(statements, floor: 0);
        Epilogue();
        byte[] code = _writer.Build();
        _writer = outer;
        _shape = outerShape;
        _loopDepth = outerLoops;
        return code;
    }

    /// <summary>Init code: itself a program, or one that deploys another.</summary>
    public byte[] InitCode()
    {
        _creationDepth++;
        byte[] code = _random.Next(10) switch
        {
            0 => Program(ProgramShape.Mixed, 6),
            1 => Deployer([0xEF, 0x00]),
            2 when _creationDepth == 1 => Deployer(new byte[24_570 + _random.Next(12)]),
            3 => [],
            _ => Deployer(Program(_random.Next(2) == 0 ? ProgramShape.Straight : ProgramShape.Mixed, 5)),
        };
        _creationDepth--;
        return code;
    }

    private void Statements(int count, int floor)
    {
        for (int i = 0; i < count; i++)
        {
            // The stack must neither overflow by chance nor stay the same forever.
            if (_writer.Height - floor > 40)
            {
                Rebalance(floor + 8);
            }

            Statement(floor);
        }
    }

    private void Statement(int floor)
    {
        int choice = _random.Next(100);
        bool isControl = _shape is ProgramShape.Loops or ProgramShape.Jumps ? choice < 30 : choice < 8;
        if (_shape != ProgramShape.Straight && isControl && _writer.Length < 6_000)
        {
            Control();
        }
        else if (choice < (_shape == ProgramShape.Calls ? 45 : _shape == ProgramShape.Mixed ? 22 : 0))
        {
            Interaction(floor);
        }
        else if (choice < 97 || _writer.Length > 6_000)
        {
            Plain(floor);
        }
        else
        {
            Ending();
        }
    }

    /// <summary>Some words, so that the first opcodes have different operands.</summary>
    private void Prologue()
    {
        for (int i = 2 + _random.Next(Chance(30) ? 20 : 8); i > 0; i--)
        {
            if (Chance(50))
            {
                Push();
            }
            else
            {
                _writer.Push((UInt256)(ulong)_random.Next(64));
                _writer.Op(Opcode.Calldataload);
            }
        }
    }

    /// <summary>Puts what is on the stack and in memory where the outside can see it.</summary>
    private void Epilogue()
    {
        for (int i = 0; _writer.Height > 0 && i < 3; i++)
        {
            _writer.Push((UInt256)(ulong)(i * 32));
            _writer.Op(Opcode.Mstore);
        }

        if (Chance(60))
        {
            _writer.Op(Opcode.Msize);
            _writer.Push(UInt256.Zero);
            _writer.Op(Opcode.Keccak256);
            _writer.Push((UInt256)(ulong)_random.Next(4));
            _writer.Op(Chance(70) ? Opcode.Sstore : Opcode.Tstore);
        }

        _writer.Push((UInt256)(ulong)_random.Next(130));
        _writer.Push((UInt256)(ulong)_random.Next(40));
        _writer.Op(Chance(85) ? Opcode.Return : Chance(50) ? Opcode.Log0 : Opcode.Revert);
    }

    private byte[] Deployer(byte[] runtime)
    {
        ProgramWriter writer = new();
        int data = writer.NewLabel();
        writer.Push((UInt256)(ulong)runtime.Length);
        writer.PushLabel(data);
        writer.Push(UInt256.Zero);
        writer.Op(Opcode.Codecopy);
        if (Chance(30))
        {
            writer.Push((UInt256)(ulong)_random.Next(1, 300));
            writer.Push((UInt256)(ulong)_random.Next(4));
            writer.Op(Opcode.Sstore);
        }

        writer.Push((UInt256)(ulong)runtime.Length);
        writer.Push(UInt256.Zero);
        writer.Op(Opcode.Return);
        writer.Mark(data);
        writer.Data(runtime);
        return writer.Build();
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Any<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    /// <summary>Pushes or pops until the stack has the height, so that two paths can meet.</summary>
    private void Rebalance(int height)
    {
        while (_writer.Height > height)
        {
            _writer.Op(Opcode.Pop);
        }

        while (_writer.Height < height)
        {
            Push();
        }
    }
}

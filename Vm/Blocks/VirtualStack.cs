using EnergyChain.Core;

namespace EnergyChain.Vm.Blocks;

/// <summary>
/// The stack while a block is compiled: for each position the place where its value really lies. Positions are
/// relative to the stack's height at the block's entry. A value that is computed goes to the place of its position if
/// no other position's value lies there, else to a temporary word.
/// </summary>
internal sealed class VirtualStack
{
    /// <summary>No word's number.</summary>
    public const int NoWord = int.MinValue;

    private const int Base = BlockLimits.Depth;
    private const int FirstTemporary = BlockLimits.Growth;

    /// <summary>A word that only breaks the cycles of moves.</summary>
    private const int Spare = FirstTemporary + BlockLimits.Temporaries;

    private readonly Operand[] _values = new Operand[Base + BlockLimits.Growth];

    /// <summary>How many positions have their value at a place.</summary>
    private readonly int[] _uses = new int[Base + Spare + 1];

    private readonly int[] _readers = new int[Base + Spare + 1];
    private readonly Stack<int> _ready = new();

    /// <summary>Words above (below, if negative) the stack's height at entry.</summary>
    public int Height { get; private set; }

    /// <summary>Every position has its own value.</summary>
    public void Reset()
    {
        Height = 0;
        Settle();
    }

    /// <summary>Whether an opcode's words are within reach.</summary>
    public bool Reaches(int needs, int change) =>
        Height - needs >= -BlockLimits.Depth && Height + Math.Max(change, 0) <= BlockLimits.Growth;

    public void Push(Operand value)
    {
        _values[Base + Height] = value;
        Height++;
        if (!value.IsConstant)
        {
            _uses[Base + value.Index]++;
        }
    }

    public Operand Pop()
    {
        Height--;
        Operand value = _values[Base + Height];
        if (!value.IsConstant)
        {
            _uses[Base + value.Index]--;
        }

        return value;
    }

    /// <summary>The value at a depth, 0 being the top.</summary>
    public Operand Peek(int depth) => _values[Base + Height - 1 - depth];

    public void Swap(int depth)
    {
        ref Operand top = ref _values[Base + Height - 1];
        ref Operand other = ref _values[Base + Height - 1 - depth];
        (top, other) = (other, top);
    }

    /// <summary>Whether some position's value lies in the word.</summary>
    public bool IsUsed(Operand word) => _uses[Base + word.Index] > 0;

    /// <summary>Temporary words that hold no position's value.</summary>
    public int FreeTemporaries => _uses.AsSpan(Base + FirstTemporary, BlockLimits.Temporaries).Count(0);

    /// <summary>A word for the value that is pushed next: that of its position if it is free.</summary>
    public int FindPlace() => _uses[Base + Height] == 0 ? Height : FindTemporary(NoWord);

    /// <summary>A free temporary word, but not that one. The caller keeps enough of them free.</summary>
    public int FindTemporary(int except)
    {
        int word = FirstTemporary;
        while (_uses[Base + word] != 0 || word == except)
        {
            word++;
        }

        Invariant.Check(word < Spare);
        return word;
    }

    /// <summary>
    /// Adds the moves that bring every value to its position, in an order in which none is overwritten.
    /// </summary>
    public void AppendMoves(List<BlockMove> moves)
    {
        Array.Clear(_readers);
        int bottom = -BlockLimits.Depth;
        for (int position = bottom; position < Height; position++)
        {
            if (IsPending(position))
            {
                _readers[Base + _values[Base + position].Index]++;
            }
        }

        for (int position = bottom; position < Height; position++)
        {
            if (IsPending(position) && _readers[Base + position] == 0)
            {
                _ready.Push(position);
            }
        }

        MoveReady(moves);
        BreakCycles(moves);
        for (int position = bottom; position < Height; position++)
        {
            Operand value = _values[Base + position];
            if (value.IsConstant)
            {
                moves.Add(Move(value.Index, position, isConstant: true));
            }
        }
    }

    /// <summary>After the moves: every position has its own value, whatever lay where.</summary>
    public void Settle()
    {
        Array.Clear(_uses);
        for (int position = -BlockLimits.Depth; position < BlockLimits.Growth; position++)
        {
            _values[Base + position] = Operand.Word(position);
            _uses[Base + position] = position < Height ? 1 : 0;
        }
    }

    private static BlockMove Move(int source, int destination, bool isConstant) =>
        new(source * BlockCompiler.WordBytes, destination * BlockCompiler.WordBytes, isConstant);

    /// <summary>Whether the position's value is a word that lies elsewhere and has not been moved yet.</summary>
    private bool IsPending(int position) => _values[Base + position] is { IsConstant: false } value
        && value.Index != position;

    private void MoveReady(List<BlockMove> moves)
    {
        while (_ready.TryPop(out int position))
        {
            int source = _values[Base + position].Index;
            moves.Add(Move(source, position, isConstant: false));
            _readers[Base + position] = -1;
            if (--_readers[Base + source] == 0 && source < Height && IsPending(source))
            {
                _ready.Push(source);
            }
        }
    }

    /// <summary>What is left are cycles, each position read by exactly one other.</summary>
    private void BreakCycles(List<BlockMove> moves)
    {
        for (int start = -BlockLimits.Depth; start < Height; start++)
        {
            if (!IsPending(start) || _readers[Base + start] < 0)
            {
                continue;
            }

            moves.Add(Move(start, Spare, isConstant: false));
            int position = start;
            while (_values[Base + position].Index != start)
            {
                int source = _values[Base + position].Index;
                moves.Add(Move(source, position, isConstant: false));
                _readers[Base + position] = -1;
                position = source;
            }

            moves.Add(Move(Spare, position, isConstant: false));
            _readers[Base + position] = -1;
        }
    }
}

using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Blocks;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Interpreter;

/// <summary>One call in progress: code, stack, memory, gas. Pooled by its machine, one per depth.</summary>
internal sealed partial class Frame(FrameContext context, int depth)
{
    /// <summary>The program counter of a frame that has ended.</summary>
    public const int Ended = -1;

    /// <summary>The program counter of a frame that waits for <see cref="Request"/>.</summary>
    public const int Suspended = -2;

    /// <summary>The program counter of a frame whose next opcode may stand in a compiled block.</summary>
    public const int Switched = -3;

    /// <summary>
    /// The machine's stack words, always of full size as the loop checks bounds itself, and scratch words of blocks.
    /// </summary>
    public readonly UInt256[] Stack = new UInt256[VmLimits.StackWords + BlockLimits.ScratchWords];

    public readonly FrameContext Context = context;
    public readonly int Depth = depth;

    public ContractCode Code = ContractCode.Empty;
    public int ProgramCounter;
    public int StackHeight;
    public long Gas;
    public ExecutionStatus Status;

    /// <summary>Where in memory the output of a frame that ended lies.</summary>
    public int OutputOffset;
    public int OutputLength;

    public AccountEntry Self = null!;
    public Address Caller;
    public UInt256 Value;
    public bool IsStatic;
    public CallKind Kind;
    public StateSnapshot Snapshot;

    /// <summary>Call data: part of the caller's memory, or of the message.</summary>
    public ReadOnlyMemory<byte> Input;

    /// <summary>
    /// What this frame asked for last; <see cref="Request"/> stays valid until the called frame ends.
    /// </summary>
    public CallRequest Request;

    /// <summary>RETURNDATA: what the last call gave back.</summary>
    public byte[] ReturnBuffer = [];
    public int ReturnLength;

    /// <summary>Gas at entry, for tracers.</summary>
    public long GasAtEntry;

    public StateOverlay State => Context.State;

    public ReadOnlySpan<byte> Output => MemoryBuffer.AsSpan(OutputOffset, OutputLength);

    public ReadOnlySpan<byte> ReturnData => ReturnBuffer.AsSpan(0, ReturnLength);

    /// <summary>Makes a used frame ready for a new call.</summary>
    public void Start(ContractCode code, long gas)
    {
        Code = code;
        Gas = gas;
        GasAtEntry = gas;
        ProgramCounter = 0;
        StackHeight = 0;
        MemorySize = 0;
        ReturnLength = 0;
        OutputOffset = 0;
        OutputLength = 0;
        Status = ExecutionStatus.Success;
    }

    /// <summary>Ends the frame with an error, which uses up its gas.</summary>
    public int Fail(ExecutionStatus status)
    {
        Status = status;
        Gas = 0;
        OutputLength = 0;
        return Ended;
    }

    /// <summary>Ends the frame with output that lies in its memory.</summary>
    public int End(ExecutionStatus status, int offset, int length)
    {
        Status = status;
        OutputOffset = offset;
        OutputLength = length;
        return Ended;
    }

    public bool TryCharge(long gas)
    {
        long left = Gas - gas;
        if (left < 0)
        {
            return false;
        }

        Gas = left;
        return true;
    }

    public void SetReturnData(ReadOnlySpan<byte> data)
    {
        if (ReturnBuffer.Length < data.Length)
        {
            GiveBack(ReturnBuffer);
            ReturnBuffer = Context.Buffers.Rent(Math.Max(data.Length, 256));
        }

        data.CopyTo(ReturnBuffer);
        ReturnLength = data.Length;
    }

    /// <summary>Drops what an unusual call made it hold, and references into other objects.</summary>
    public void Trim()
    {
        if (MemoryBuffer.Length > VmLimits.KeptMemoryBytes)
        {
            GiveBack(MemoryBuffer);
            MemoryBuffer = [];
        }

        if (ReturnBuffer.Length > VmLimits.KeptMemoryBytes)
        {
            GiveBack(ReturnBuffer);
            ReturnBuffer = [];
        }

        Self = null!;
        Input = default;
        Request = default;
        Code = ContractCode.Empty;
    }
}

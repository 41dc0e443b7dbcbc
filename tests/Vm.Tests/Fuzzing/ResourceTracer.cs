using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>
/// Checks at every step that what a run uses has been paid for: each opcode but those that end a frame costs at least
/// one gas, and memory its price. Notes what has been reached.
/// </summary>
/// <param name="gasLimit">What the run was given.</param>
internal sealed class ResourceTracer(ulong gasLimit) : ITracer
{
    private const ulong WordGas = 3;
    private const ulong QuadraticDivisor = 512;

    private readonly Stack<ulong> _memoryGas = new([0]);
    private ulong _memoryGasOfAll;

    public HashSet<Opcode> Opcodes { get; } = [];

    public HashSet<ExecutionStatus> Ends { get; } = [];

    public HashSet<Address> Called { get; } = [];

    /// <summary>Gas used before each step of the outermost frame.</summary>
    public List<ulong> GasBeforeSteps { get; } = [];

    public int Frames { get; private set; }

    public ulong Steps { get; private set; }

    public int Deepest { get; private set; }

    /// <summary>Frames that have begun and not ended.</summary>
    public int Open => _memoryGas.Count - 1;

    public void BeginCall(in TraceCall call)
    {
        Frames++;
        Called.Add(call.To);
        _memoryGas.Push(0);
    }

    public void BeginStep(in TraceStep step)
    {
        Steps++;
        Opcodes.Add(step.Opcode);
        Deepest = Math.Max(Deepest, step.Depth);
        if (step.Depth == 0)
        {
            GasBeforeSteps.Add(gasLimit - step.Gas);
        }

        ulong words = (ulong)step.Memory.Length / 32;
        ulong paid = (words * WordGas) + (words * words / QuadraticDivisor);
        _memoryGasOfAll += paid - _memoryGas.Pop();
        _memoryGas.Push(paid);
        if (_memoryGasOfAll > gasLimit || Steps > gasLimit + (ulong)Frames)
        {
            Assert.Fail($"step {Steps} in frame {Frames}: memory for {_memoryGasOfAll} gas of {gasLimit}");
        }
    }

    public void EndStep(ulong gasCost, ExecutionStatus status)
    {
    }

    public void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> output)
    {
        Ends.Add(status);
        _memoryGasOfAll -= _memoryGas.Pop();
    }
}

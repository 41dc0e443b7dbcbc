using System.Buffers;
using EnergyChain.Vm.Blocks;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm.Interpreter;

/// <summary>What all frames of one execution share.</summary>
/// <param name="heat">With which a code starts.</param>
internal sealed class FrameContext(int heat)
{
    public BlockEnvironment Block;
    public TransactionEnvironment Transaction;
    public StateOverlay State = null!;
    public ITracer? Tracer;

    public CodeCache CodeCache { get; } = new(heat);

    /// <summary>What a code has earned towards compiling when it starts.</summary>
    public int InitialHeat { get; } = heat;

    /// <summary>Large buffers of frames that no longer need them.</summary>
    public ArrayPool<byte> Buffers { get; } =
        ArrayPool<byte>.Create(VmLimits.PooledBufferBytes, VmLimits.PooledBuffersOfSize);

    public KeccakCache KeccakCache { get; } = new();

    public BlockCompiler Compiler { get; } = new();
}

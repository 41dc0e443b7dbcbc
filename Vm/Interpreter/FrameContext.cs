using System.Buffers;
using EnergyChain.Vm.Blocks;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm.Interpreter;

/// <summary>What all frames of one execution share.</summary>
/// <param name="engine">What runs the codes.</param>
internal sealed class FrameContext(CodeEngine engine)
{
    public BlockEnvironment Block;
    public TransactionEnvironment Transaction;
    public StateOverlay State = null!;
    public ITracer? Tracer;

    public CodeCache CodeCache { get; } = new(engine);

    public CodeEngine Engine { get; } = engine;

    /// <summary>Large buffers of frames that no longer need them.</summary>
    public ArrayPool<byte> Buffers { get; } =
        ArrayPool<byte>.Create(VmLimits.PooledBufferBytes, VmLimits.PooledBuffersOfSize);

    public KeccakCache KeccakCache { get; } = new();

    public BlockCompiler Compiler { get; } = new();
}

using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm.Interpreter;

/// <summary>What all frames of one execution share.</summary>
internal sealed class FrameContext
{
    public BlockEnvironment Block;
    public TransactionEnvironment Transaction;
    public StateOverlay State = null!;
    public ITracer? Tracer;

    public CodeCache CodeCache { get; } = new();
}

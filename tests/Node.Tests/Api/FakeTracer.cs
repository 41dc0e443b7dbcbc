using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Node.Tests.Api;

/// <summary>Shows a tracer what the test says and ends as the test says; nothing is executed.</summary>
internal sealed class FakeTracer : IChainTracer
{
    public Height FirstTraceable { get; set; }

    public Action<ITracer> Show { get; set; } = static _ => { };

    public TraceOutcome Outcome { get; set; }

    public CallOutcome CallOutcome { get; set; } = new(true, default, new Gas(21_000), [], "");

    public TraceOutcome Trace(TransactionLocation location, ITracer tracer, CancellationToken cancellationToken)
    {
        Show(tracer);
        return Outcome;
    }

    public CallOutcome TraceCall(CallRequest request, ITracer tracer)
    {
        Show(tracer);
        return CallOutcome;
    }
}

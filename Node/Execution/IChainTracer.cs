using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Node.Execution;

/// <summary>
/// Runs what has been, or might be, with somebody watching. Neither holds up blocks: all work is on the calling
/// thread, which takes the state's lock for single reads only. Thread-safe.
/// </summary>
public interface IChainTracer
{
    /// <summary>The lowest height whose transactions can be run again; above the head where there are none.</summary>
    Height FirstTraceable { get; }

    /// <summary>
    /// Runs a final transaction again exactly as it ran: on the state before its block, after the transactions before
    /// it. It takes at most as long as executing its block.
    /// </summary>
    /// <param name="location">Where it was included.</param>
    /// <param name="tracer">Watches this transaction only; what it saw counts only if the outcome is Traced.</param>
    /// <param name="cancellationToken">Looked at between transactions.</param>
    TraceOutcome Trace(TransactionLocation location, ITracer tracer, CancellationToken cancellationToken);

    /// <summary>As <see cref="IChain.Call"/>, watched.</summary>
    CallOutcome TraceCall(CallRequest request, ITracer tracer);
}

namespace EnergyChain.Node.Api;

/// <summary>Lets few traces run at once: one can take as long as executing a full block.</summary>
internal sealed class TraceGate() : Gate(ApiLimits.MaxConcurrentTraces, "traces", ApiLimits.MaxWaitingTraces);

namespace EnergyChain.Node.Api;

/// <summary>Lets few read-only calls run at once, so that callers cannot take every core from the node.</summary>
internal sealed class CallGate() : Gate(ApiLimits.MaxConcurrentCalls, "calls", ApiLimits.MaxWaitingCalls);

namespace EnergyChain.Benchmarks.Load;

/// <summary>What a node had used at a moment.</summary>
/// <param name="Usage">By the kernel.</param>
/// <param name="Stages">Its processor time by stage; null where it does not tell.</param>
/// <param name="LinkBytesSent">Bytes that it had sent to other nodes.</param>
internal sealed record NodeSample(ProcessUsage Usage, StageTimes? Stages, long LinkBytesSent);

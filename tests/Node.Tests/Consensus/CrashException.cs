namespace EnergyChain.Node.Tests.Consensus;

/// <summary>The end of a simulated process: nothing of it may catch this.</summary>
internal sealed class CrashException : Exception;

namespace EnergyChain.Simulation.Disk;

/// <summary>The end of a simulated process. No code of the node may catch it and go on.</summary>
internal sealed class CrashException() : Exception("The process ended here.");

namespace EnergyChain.CrashTests.Machine;

/// <summary>Something that has to hold after a crash does not.</summary>
public sealed class BrokenPromiseException(string what) : Exception(what);

namespace EnergyChain.Node.Devnet;

/// <summary>A supervised validator for display.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">How its process is.</param>
/// <param name="ProcessId">Its process; 0 where it does not run.</param>
/// <param name="Restarts">How often it was started again.</param>
/// <param name="Reason">Why it fell; empty while it never has.</param>
public sealed record ValidatorStatus(string Name, ProcessState State, int ProcessId, int Restarts, string Reason);

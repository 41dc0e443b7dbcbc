namespace EnergyChain.Node.Network.Sync;

/// <summary>Sorts faults.</summary>
internal static class SyncFaults
{
    /// <summary>Whether no honest peer, slow or damaged as it may be, does so.</summary>
    public static bool IsLie(this SyncFault fault) => fault is not (SyncFault.Empty or SyncFault.Timeout);
}

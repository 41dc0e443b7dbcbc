namespace EnergyChain.Simulation.Disk;

/// <summary>What a disk is asked to do that changes something.</summary>
internal enum DiskOperationKind
{
    MakeFolder,
    Create,
    Write,
    Truncate,
    Sync,
    Rename,
    Delete,
    SyncFolder,
}

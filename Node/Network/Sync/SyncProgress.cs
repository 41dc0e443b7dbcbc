namespace EnergyChain.Node.Network.Sync;

/// <summary>Whether the node is catching up, for those who ask. Thread-safe.</summary>
internal sealed class SyncProgress
{
    private volatile bool _isCatchingUp;

    /// <summary>True while many blocks are fetched; a single late block is everyday and not meant.</summary>
    public bool IsCatchingUp
    {
        get => _isCatchingUp;
        set => _isCatchingUp = value;
    }
}

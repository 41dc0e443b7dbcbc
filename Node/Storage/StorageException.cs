namespace EnergyChain.Node.Storage;

/// <summary>Storage that the node cannot start with: one sentence for its operator. Nothing was changed.</summary>
public class StorageException : Exception
{
    public StorageException(string message)
        : base(message)
    {
    }

    public StorageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

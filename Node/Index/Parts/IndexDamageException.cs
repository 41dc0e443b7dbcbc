namespace EnergyChain.Node.Index.Parts;

/// <summary>A part of the index does not hold what was written to it; it is built anew.</summary>
internal sealed class IndexDamageException : Exception
{
    public IndexDamageException(string message)
        : base(message)
    {
    }

    public IndexDamageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

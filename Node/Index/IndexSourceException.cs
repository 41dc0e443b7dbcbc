namespace EnergyChain.Node.Index;

/// <summary>The chain does not give a block that the index needs; it may later, from peers.</summary>
internal sealed class IndexSourceException(string message) : Exception(message);

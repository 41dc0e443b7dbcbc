namespace EnergyChain.Client;

/// <summary>A call to a node that gave no answer; the message says why in a sentence.</summary>
public sealed class NodeClientException(NodeClientError error, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public NodeClientError Error { get; } = error;
}

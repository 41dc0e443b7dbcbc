namespace EnergyChain.Client.Light;

/// <summary>A node's answer that is not proven; the message says in a sentence what is wrong with it.</summary>
public sealed class ProofException(ProofFailure failure, string message) : Exception(message)
{
    public ProofFailure Failure { get; } = failure;
}

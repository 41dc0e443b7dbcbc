namespace EnergyChain.Client;

/// <summary>A trial run failed, so the transaction would too; nothing was sent.</summary>
/// <param name="failure">The contract's error with its figures.</param>
/// <param name="output">The revert data.</param>
public sealed class CallRevertedException(string failure, ReadOnlyMemory<byte> output)
    : Exception($"The chain would refuse this: {failure}.")
{
    public string Failure { get; } = failure;

    public ReadOnlyMemory<byte> Output { get; } = output;
}

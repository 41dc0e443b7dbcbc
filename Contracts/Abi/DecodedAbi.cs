namespace EnergyChain.Contracts.Abi;

/// <summary>A call, event or error that an ABI explains.</summary>
/// <param name="Contract">Name of the contract whose ABI it was.</param>
/// <param name="Name">Of the function, event or error.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Values">One for each parameter; null where the bytes are no encoding of them.</param>
public sealed record DecodedAbi(
    string Contract, string Name, IReadOnlyList<AbiParameter> Parameters, IReadOnlyList<AbiValue>? Values)
{
    /// <summary>The function; null for an event or error.</summary>
    public AbiFunction? Function { get; init; }
}

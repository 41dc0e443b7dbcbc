namespace EnergyChain.Contracts.Abi;

/// <summary>A custom error that a contract reverts with.</summary>
public sealed class AbiError(string name, IReadOnlyList<AbiParameter> inputs)
{
    private readonly byte[] _selector = AbiFunction.SelectorOf(name, inputs);

    public string Name { get; } = name;

    public IReadOnlyList<AbiParameter> Inputs { get; } = inputs;

    public ReadOnlySpan<byte> Selector => _selector;

    public byte[] Encode(params AbiValue[] arguments) => [.. _selector, .. AbiEncoder.Encode(Inputs, arguments)];

    public bool TryDecode(ReadOnlySpan<byte> returnData, out IReadOnlyList<AbiValue> arguments)
    {
        arguments = [];
        return returnData.StartsWith(_selector)
            && AbiDecoder.TryDecode(Inputs, returnData[AbiFunction.SelectorSize..], out arguments);
    }
}

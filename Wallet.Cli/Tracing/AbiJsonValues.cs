using System.Diagnostics;
using EnergyChain.Contracts.Abi;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>
/// Decoded values for machines: {name, type, value}, where an integer is a decimal string, bytes are 0x hex, an array
/// is a list of values and a struct a list of {name, type, value}.
/// </summary>
internal static class AbiJsonValues
{
    public static IReadOnlyList<object> Of(IReadOnlyList<AbiParameter> parameters, IReadOnlyList<AbiValue> values) =>
    [
        .. parameters.Zip(values, static object (parameter, value) => new
        {
            parameter.Name,
            Type = parameter.Type.CanonicalName,
            Value = Of(parameter.Type, value),
        }),
    ];

    private static object Of(AbiType type, AbiValue value) => (type, value) switch
    {
        (_, AbiValue.Number) => AbiText.Describe(type, value),
        (_, AbiValue.Flag flag) => flag.Value,
        (_, AbiValue.Account account) => account.Value,
        (_, AbiValue.Data data) => (ReadOnlyMemory<byte>)data.Value,
        (_, AbiValue.Text text) => text.Value,
        (AbiType.Tuple tuple, AbiValue.Sequence items) => Of(tuple.Components, items.Values),
        (AbiType.List list, AbiValue.Sequence items) => Items(list.Element, items),
        (AbiType.FixedArray array, AbiValue.Sequence items) => Items(array.Element, items),
        _ => throw new UnreachableException(),
    };

    private static object[] Items(AbiType element, AbiValue.Sequence items) =>
        [.. items.Values.Select(item => Of(element, item))];
}

using EnergyChain.Client.Model;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Explorer;

/// <summary>
/// Calls and events in words, by the ABIs of the chain's own contracts as this program knows them. Any bytes give an
/// answer or none, never an exception.
/// </summary>
public static class CallReader
{
    private static readonly AbiBook Book = AbiBook.OfGenesisContracts();

    /// <summary>The contract's name; null for an address that is none of the chain's own.</summary>
    public static string? NameOf(Address address) => Book.Names.GetValueOrDefault(address);

    /// <summary>The chain's own contracts.</summary>
    public static IEnumerable<Address> Contracts => Book.Names.Keys;

    /// <summary>What a call asks for; null where no ABI explains it.</summary>
    public static DecodedCall? Call(Address? to, ReadOnlyMemory<byte> data) =>
        to is { } contract && Book.ExplainCall(contract, data.Span) is { } explained ? Of(explained) : null;

    /// <summary>What an event says; null where no ABI explains it.</summary>
    public static DecodedCall? Event(LogInfo log) =>
        Book.ExplainEvent(log.Contract, log.Topics, log.Data.Span) is { } explained ? Of(explained) : null;

    private static DecodedCall Of(DecodedAbi explained) => new(
        explained.Contract,
        explained.Name,
        explained.Values is { } values ? [.. Fields(explained.Parameters, values, "")] : []);

    // A struct is its components, each in a line of its own. Their depth is bounded by the ABIs, which are ours.
    private static IEnumerable<DecodedField> Fields(
        IReadOnlyList<AbiParameter> parameters, IReadOnlyList<AbiValue> values, string prefix) =>
        parameters.Zip(values).SelectMany(pair => pair.First.Type is AbiType.Tuple tuple
            ? Fields(tuple.Components, pair.Second.Items, $"{prefix}{pair.First.Name}.")
            : [Field(pair.First, pair.Second, prefix)]);

    private static DecodedField Field(AbiParameter parameter, AbiValue value, string prefix)
    {
        DecodedField field = new(
            prefix + parameter.Name, Shown.Text(AbiText.Describe(parameter.Type, value)));
        return value is AbiValue.Number number
            ? field with
            {
                Meaning = FieldUnits.Describe(parameter.Name, number.Value.ToBigInteger()),
                Page = FieldUnits.PageOf(parameter.Name, field.Value),
            }
            : field;
    }
}

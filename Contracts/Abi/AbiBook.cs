using System.Buffers.Binary;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Abi;

/// <summary>
/// Explains call data, events and reverts of any contract by the ABIs it was given: that of the contract first, then
/// any whose selector or topic fits. Any bytes give an answer or none, never an exception.
/// </summary>
public sealed class AbiBook
{
    private static readonly AbiError Revert = new("Error", [new AbiParameter("reason", new AbiType.Text())]);
    private static readonly AbiError Panic = new("Panic", [new AbiParameter("code", new AbiType.UInt(256))]);

    private readonly Dictionary<Address, string> _names = [];
    private readonly Dictionary<uint, List<(string Contract, AbiFunction Entry)>> _functions = [];
    private readonly Dictionary<Hash32, List<(string Contract, AbiEvent Entry)>> _events = [];
    private readonly Dictionary<uint, List<(string Contract, AbiError Entry)>> _errors = [];

    public AbiBook()
    {
        Add(_errors, Key(Revert.Selector), "", Revert);
        Add(_errors, Key(Panic.Selector), "", Panic);
    }

    /// <summary>Contracts whose address is known.</summary>
    public IReadOnlyDictionary<Address, string> Names => _names;

    /// <summary>A book with the contracts that every chain's genesis holds.</summary>
    public static AbiBook OfGenesisContracts()
    {
        AbiBook book = new();
        book.Add(AbiInterface.Of(EnergyMarketContract.Artifact), EnergyMarketContract.Address);
        book.Add(AbiInterface.Of(MeterRegistryContract.Artifact), MeterRegistryContract.Address);
        book.Add(AbiInterface.Of(GreenCertificateContract.Artifact), GreenCertificateContract.Address);
        book.Add(AbiInterface.Of(CouncilContract.Artifact), CouncilContract.Address);
        return book;
    }

    /// <param name="contract">Its functions, events and errors.</param>
    /// <param name="address">Where it lives, if that is known.</param>
    public void Add(AbiInterface contract, Address? address = null)
    {
        if (address is { } at)
        {
            _names[at] = contract.Contract;
        }

        foreach (AbiFunction function in contract.Functions)
        {
            Add(_functions, Key(function.Selector), contract.Contract, function);
        }

        foreach (AbiEvent happening in contract.Events)
        {
            Add(_events, happening.Topic, contract.Contract, happening);
        }

        foreach (AbiError error in contract.Errors)
        {
            Add(_errors, Key(error.Selector), contract.Contract, error);
        }
    }

    public DecodedAbi? ExplainCall(Address to, ReadOnlySpan<byte> data)
    {
        DecodedAbi? named = null;
        foreach ((string contract, AbiFunction function) in Candidates(_functions, data, to))
        {
            bool decoded = function.TryDecodeCall(data, out IReadOnlyList<AbiValue> values);
            DecodedAbi explained = new(contract, function.Name, function.Inputs, decoded ? values : null)
            {
                Function = function,
            };
            if (decoded)
            {
                return explained;
            }

            named ??= explained;
        }

        return named;
    }

    public DecodedAbi? ExplainEvent(Address emitter, IReadOnlyList<Hash32> topics, ReadOnlySpan<byte> data)
    {
        if (topics.Count == 0 || !_events.TryGetValue(topics[0], out List<(string, AbiEvent)>? candidates))
        {
            return null;
        }

        DecodedAbi? named = null;
        foreach ((string contract, AbiEvent happening) in Ordered(candidates, emitter))
        {
            bool decoded = happening.TryDecode(topics, data, out IReadOnlyList<AbiValue> values);
            DecodedAbi explained = new(contract, happening.Name, happening.Inputs, decoded ? values : null);
            if (decoded)
            {
                return explained;
            }

            named ??= explained;
        }

        return named;
    }

    /// <summary>Custom errors, and Solidity's own Error(string) and Panic(uint256).</summary>
    public DecodedAbi? ExplainRevert(Address contract, ReadOnlySpan<byte> data)
    {
        foreach ((string name, AbiError error) in Candidates(_errors, data, contract))
        {
            if (error.TryDecode(data, out IReadOnlyList<AbiValue> values))
            {
                return new DecodedAbi(name, error.Name, error.Inputs, values);
            }
        }

        return null;
    }

    /// <summary>Signature of a function or error with this selector; null where no ABI has one.</summary>
    public string? SignatureOf(uint selector)
    {
        if (_functions.TryGetValue(selector, out List<(string, AbiFunction Entry)>? functions))
        {
            return AbiFunction.SignatureOf(functions[0].Entry.Name, functions[0].Entry.Inputs);
        }

        return _errors.TryGetValue(selector, out List<(string, AbiError Entry)>? errors)
            ? "error " + AbiFunction.SignatureOf(errors[0].Entry.Name, errors[0].Entry.Inputs)
            : null;
    }

    /// <summary>Signature of an event with this topic; null where no ABI has one.</summary>
    public string? SignatureOf(Hash32 topic) => _events.TryGetValue(topic, out List<(string, AbiEvent Entry)>? events)
        ? "event " + AbiFunction.SignatureOf(events[0].Entry.Name, events[0].Entry.Inputs)
        : null;

    private static uint Key(ReadOnlySpan<byte> selector) => BinaryPrimitives.ReadUInt32BigEndian(selector);

    private static void Add<TKey, TEntry>(
        Dictionary<TKey, List<(string, TEntry)>> table, TKey key, string contract, TEntry entry)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out List<(string, TEntry)>? entries))
        {
            entries = [];
            table.Add(key, entries);
        }

        entries.Add((contract, entry));
    }

    private IEnumerable<(string Contract, TEntry Entry)> Candidates<TEntry>(
        Dictionary<uint, List<(string Contract, TEntry Entry)>> table, ReadOnlySpan<byte> data, Address contract) =>
        data.Length >= AbiFunction.SelectorSize && table.TryGetValue(Key(data), out var candidates)
            ? Ordered(candidates, contract)
            : [];

    /// <summary>The contract's own ABI first, the others in the order they were added.</summary>
    private IEnumerable<(string Contract, TEntry Entry)> Ordered<TEntry>(
        List<(string Contract, TEntry Entry)> candidates, Address contract)
    {
        string? own = _names.GetValueOrDefault(contract);
        return own is null ? candidates : candidates.OrderBy(candidate => candidate.Contract != own);
    }
}

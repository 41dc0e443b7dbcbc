using EnergyChain.Contracts.Abi;

namespace EnergyChain.Contracts;

/// <summary>A view call: what to send and how to read the answer.</summary>
/// <typeparam name="T">What the answer means.</typeparam>
public sealed class ContractQuery<T>
{
    private readonly AbiFunction _function;
    private readonly Func<IReadOnlyList<AbiValue>, T> _read;

    internal ContractQuery(AbiFunction function, Func<IReadOnlyList<AbiValue>, T> read, params AbiValue[] arguments)
    {
        _function = function;
        _read = read;
        CallData = function.EncodeCall(arguments);
    }

    public byte[] CallData { get; }

    /// <summary>False for bytes that are no answer of this function.</summary>
    public bool TryDecode(ReadOnlySpan<byte> returnData, out T? answer)
    {
        bool decoded = _function.TryDecodeResult(returnData, out IReadOnlyList<AbiValue> results);
        answer = decoded ? _read(results) : default;
        return decoded;
    }
}

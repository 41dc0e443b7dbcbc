using System.Text;
using EnergyChain.Core.Crypto;

namespace EnergyChain.Contracts.Abi;

/// <summary>A function of a contract.</summary>
public sealed class AbiFunction(
    string name,
    IReadOnlyList<AbiParameter> inputs,
    IReadOnlyList<AbiParameter> outputs,
    bool isPayable,
    bool isView)
{
    /// <summary>Bytes of a function or error selector.</summary>
    public const int SelectorSize = 4;

    private readonly byte[] _selector = SelectorOf(name, inputs);

    public string Name { get; } = name;

    public IReadOnlyList<AbiParameter> Inputs { get; } = inputs;

    public IReadOnlyList<AbiParameter> Outputs { get; } = outputs;

    /// <summary>Whether a call may carry value.</summary>
    public bool IsPayable { get; } = isPayable;

    /// <summary>Whether a call changes nothing, so that any node can answer it without a transaction.</summary>
    public bool IsView { get; } = isView;

    /// <summary>First four bytes of Keccak-256 of the signature.</summary>
    public ReadOnlySpan<byte> Selector => _selector;

    public static string SignatureOf(string name, IReadOnlyList<AbiParameter> inputs) =>
        $"{name}({string.Join(',', inputs.Select(input => input.Type.CanonicalName))})";

    /// <summary>Call data: selector and arguments.</summary>
    public byte[] EncodeCall(params AbiValue[] arguments) => [.. _selector, .. AbiEncoder.Encode(Inputs, arguments)];

    public bool TryDecodeCall(ReadOnlySpan<byte> callData, out IReadOnlyList<AbiValue> arguments)
    {
        arguments = [];
        return callData.StartsWith(_selector) && AbiDecoder.TryDecode(Inputs, callData[SelectorSize..], out arguments);
    }

    public bool TryDecodeResult(ReadOnlySpan<byte> returnData, out IReadOnlyList<AbiValue> results) =>
        AbiDecoder.TryDecode(Outputs, returnData, out results);

    internal static byte[] SelectorOf(string name, IReadOnlyList<AbiParameter> inputs)
    {
        byte[] hash = new byte[AbiType.WordSize];
        Keccak256.Hash(Encoding.ASCII.GetBytes(SignatureOf(name, inputs)), hash);
        return hash[..SelectorSize];
    }
}

using System.Text;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Abi;

/// <summary>
/// An event of a contract: topic 0 is the hash of its signature, the indexed parameters follow as topics, the others
/// are the data. Of an indexed text, array or struct only its hash is there, as bytes.
/// </summary>
public sealed class AbiEvent
{
    private readonly AbiParameter[] _inData;
    private readonly int _indexedCount;

    public AbiEvent(string name, IReadOnlyList<AbiParameter> inputs)
    {
        Name = name;
        Inputs = inputs;
        Topic = Keccak256.Hash(Encoding.ASCII.GetBytes(AbiFunction.SignatureOf(name, inputs)));
        _inData = [.. inputs.Where(input => !input.IsIndexed)];
        _indexedCount = inputs.Count - _inData.Length;
    }

    public string Name { get; }

    public IReadOnlyList<AbiParameter> Inputs { get; }

    public Hash32 Topic { get; }

    /// <summary>Values in the order of <see cref="Inputs"/>; false where the log is not this event.</summary>
    public bool TryDecode(IReadOnlyList<Hash32> topics, ReadOnlySpan<byte> data, out IReadOnlyList<AbiValue> values)
    {
        AbiValue[] all = new AbiValue[Inputs.Count];
        values = all;
        if (topics.Count != _indexedCount + 1
            || topics[0] != Topic
            || !AbiDecoder.TryDecode(_inData, data, out IReadOnlyList<AbiValue> fromData))
        {
            return false;
        }

        int topic = 1;
        int place = 0;
        byte[] word = new byte[AbiType.WordSize];
        for (int k = 0; k < all.Length; k++)
        {
            if (!Inputs[k].IsIndexed)
            {
                all[k] = fromData[place++];
                continue;
            }

            topics[topic++].CopyTo(word);
            if (IsHashed(Inputs[k].Type))
            {
                all[k] = word.ToArray();
                continue;
            }

            if (!AbiDecoder.TryDecode([Inputs[k]], word, out IReadOnlyList<AbiValue> indexed))
            {
                return false;
            }

            all[k] = indexed[0];
        }

        return true;
    }

    private static bool IsHashed(AbiType type) =>
        type is AbiType.Text or AbiType.Bytes or AbiType.List or AbiType.FixedArray or AbiType.Tuple;
}

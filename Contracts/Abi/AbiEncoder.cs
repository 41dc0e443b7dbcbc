using System.Diagnostics;
using System.Text;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Abi;

/// <summary>
/// Encodes values as Solidity's ABI does, in the one canonical form: tails in order, without gaps. A value that is
/// not of its type is the caller's mistake and throws <see cref="ArgumentException"/>.
/// </summary>
public static class AbiEncoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static byte[] Encode(IReadOnlyList<AbiParameter> parameters, IReadOnlyList<AbiValue> values) =>
        EncodeAll([.. parameters.Select(parameter => parameter.Type)], values);

    private static byte[] EncodeAll(IReadOnlyList<AbiType> types, IReadOnlyList<AbiValue> values)
    {
        if (types.Count != values.Count)
        {
            throw new ArgumentException($"{types.Count} values are needed, {values.Count} were given.", nameof(values));
        }

        int headSize = types.Sum(type => type.HeadSize);
        MemoryStream head = new(headSize);
        MemoryStream tail = new();
        for (int k = 0; k < types.Count; k++)
        {
            byte[] encoded = EncodeOne(types[k], values[k]);
            if (types[k].IsDynamic)
            {
                head.Write(Word((ulong)(headSize + tail.Length)));
                tail.Write(encoded);
            }
            else
            {
                head.Write(encoded);
            }
        }

        head.Write(tail.ToArray());
        return head.ToArray();
    }

    private static byte[] EncodeOne(AbiType type, AbiValue value) => (type, value) switch
    {
        (AbiType.UInt number, AbiValue.Number given) => EncodeUInt(number, given.Value),
        (AbiType.Int number, AbiValue.Number given) => EncodeInt(number, given.Value),
        (AbiType.Bool, AbiValue.Flag given) => Word(given.Value ? 1UL : 0UL),
        (AbiType.Account, AbiValue.Account given) => LeftPadded(given.Value.ToArray()),
        (AbiType.FixedBytes bytes, AbiValue.Data given) when given.Value.Length == bytes.Length =>
            RightPadded(given.Value),
        (AbiType.Bytes, AbiValue.Data given) => WithLength(given.Value),
        (AbiType.Text, AbiValue.Text given) => WithLength(StrictUtf8.GetBytes(given.Value)),
        (AbiType.FixedArray array, AbiValue.Sequence given) when given.Values.Count == array.Length =>
            EncodeAll(Repeated(array.Element, array.Length), given.Values),
        (AbiType.List list, AbiValue.Sequence given) =>
            [
                .. Word((ulong)given.Values.Count),
                .. EncodeAll(Repeated(list.Element, given.Values.Count), given.Values),
            ],
        (AbiType.Tuple tuple, AbiValue.Sequence given) => Encode(tuple.Components, given.Values),
        (not null, not null) => throw new ArgumentException($"A {value} is no {type.CanonicalName}.", nameof(value)),
        _ => throw new UnreachableException(),
    };

    private static byte[] EncodeUInt(AbiType.UInt type, UInt256 value) => AbiIntegers.FitsUnsigned(value, type.Bits)
        ? Word(value)
        : throw new ArgumentException($"{value} does not fit into {type.CanonicalName}.", nameof(value));

    private static byte[] EncodeInt(AbiType.Int type, UInt256 value) => AbiIntegers.FitsSigned(value, type.Bits)
        ? Word(value)
        : throw new ArgumentException($"The word {value} does not fit into {type.CanonicalName}.", nameof(value));

    private static AbiType[] Repeated(AbiType element, int count)
    {
        AbiType[] types = new AbiType[count];
        Array.Fill(types, element);
        return types;
    }

    private static byte[] WithLength(byte[] bytes) => [.. Word((ulong)bytes.Length), .. RightPadded(bytes)];

    private static byte[] Word(UInt256 value)
    {
        byte[] word = new byte[AbiType.WordSize];
        value.WriteBigEndian(word);
        return word;
    }

    private static byte[] LeftPadded(byte[] bytes)
    {
        byte[] word = new byte[AbiType.WordSize];
        bytes.CopyTo(word, word.Length - bytes.Length);
        return word;
    }

    private static byte[] RightPadded(byte[] bytes)
    {
        int words = (bytes.Length + AbiType.WordSize - 1) / AbiType.WordSize;
        byte[] padded = new byte[words * AbiType.WordSize];
        bytes.CopyTo(padded, 0);
        return padded;
    }
}

using System.Diagnostics;
using System.Text;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Abi;

/// <summary>
/// Decodes exactly what <see cref="AbiEncoder"/> gives: offsets without gaps or overlaps, zero padding, integers in
/// range, strict UTF-8, no byte left over. So hostile bytes cost no more than their length, and give false.
/// </summary>
public static class AbiDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static bool TryDecode(
        IReadOnlyList<AbiParameter> parameters,
        ReadOnlySpan<byte> bytes,
        out IReadOnlyList<AbiValue> values) =>
        TryDecodeAll([.. parameters.Select(parameter => parameter.Type)], bytes, out values, out int consumed)
        && consumed == bytes.Length;

    private static bool TryDecodeAll(
        IReadOnlyList<AbiType> types,
        ReadOnlySpan<byte> bytes,
        out IReadOnlyList<AbiValue> values,
        out int consumed)
    {
        AbiValue[] decoded = new AbiValue[types.Count];
        values = decoded;
        consumed = types.Sum(type => type.HeadSize);
        if (consumed > bytes.Length)
        {
            return false;
        }

        int head = 0;
        for (int k = 0; k < types.Count; k++)
        {
            int position = head;
            if (types[k].IsDynamic)
            {
                if (!TryReadLength(bytes[head..], out int offset) || offset != consumed)
                {
                    return false;
                }

                position = offset;
            }

            if (!TryDecodeOne(types[k], bytes[position..], out AbiValue? value, out int size))
            {
                return false;
            }

            decoded[k] = value!;
            head += types[k].HeadSize;
            consumed += types[k].IsDynamic ? size : 0;
        }

        return true;
    }

    private static bool TryDecodeOne(AbiType type, ReadOnlySpan<byte> bytes, out AbiValue? value, out int size)
    {
        switch (type)
        {
            case AbiType.Bytes:
                bool isBytes = TryReadBlob(bytes, out byte[] blob, out size);
                value = blob;
                return isBytes;
            case AbiType.Text:
                return TryReadText(bytes, out value, out size);
            case AbiType.List list:
                return TryReadList(list, bytes, out value, out size);
            case AbiType.FixedArray array:
                return TryReadSequence(Repeated(array.Element, array.Length), bytes, out value, out size);
            case AbiType.Tuple tuple:
                AbiType[] types = [.. tuple.Components.Select(component => component.Type)];
                return TryReadSequence(types, bytes, out value, out size);
            default:
                size = AbiType.WordSize;
                value = null;
                return bytes.Length >= size && TryReadWord(type, bytes[..size], out value);
        }
    }

    private static bool TryReadWord(AbiType type, ReadOnlySpan<byte> word, out AbiValue? value)
    {
        UInt256 number = UInt256.FromBigEndian(word);
        value = null;
        switch (type)
        {
            case AbiType.UInt unsigned:
                value = number;
                return AbiIntegers.FitsUnsigned(number, unsigned.Bits);
            case AbiType.Int signed:
                value = number;
                return AbiIntegers.FitsSigned(number, signed.Bits);
            case AbiType.Bool:
                value = !number.IsZero;
                return number <= UInt256.One;
            case AbiType.Account:
                value = new Address(word[^Address.Size..]);
                return !word[..^Address.Size].ContainsAnyExcept((byte)0);
            case AbiType.FixedBytes bytes:
                value = word[..bytes.Length].ToArray();
                return !word[bytes.Length..].ContainsAnyExcept((byte)0);
            default:
                throw new UnreachableException();
        }
    }

    private static bool TryReadSequence(AbiType[] types, ReadOnlySpan<byte> bytes, out AbiValue? value, out int size)
    {
        bool read = TryDecodeAll(types, bytes, out IReadOnlyList<AbiValue> items, out size);
        value = new AbiValue.Sequence(items);
        return read;
    }

    private static bool TryReadList(AbiType.List list, ReadOnlySpan<byte> bytes, out AbiValue? value, out int size)
    {
        value = null;
        size = AbiType.WordSize;
        if (!TryReadLength(bytes, out int count) || count > (bytes.Length - size) / list.Element.HeadSize)
        {
            return false;
        }

        bool read = TryReadSequence(Repeated(list.Element, count), bytes[size..], out value, out int itemsSize);
        size += itemsSize;
        return read;
    }

    private static bool TryReadText(ReadOnlySpan<byte> bytes, out AbiValue? value, out int size)
    {
        value = null;
        if (!TryReadBlob(bytes, out byte[] blob, out size))
        {
            return false;
        }

        try
        {
            value = StrictUtf8.GetString(blob);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool TryReadBlob(ReadOnlySpan<byte> bytes, out byte[] blob, out int size)
    {
        blob = [];
        size = AbiType.WordSize;
        if (!TryReadLength(bytes, out int length) || length > bytes.Length - size)
        {
            return false;
        }

        int padded = (length + AbiType.WordSize - 1) / AbiType.WordSize * AbiType.WordSize;
        if (padded > bytes.Length - size || bytes[(size + length)..(size + padded)].ContainsAnyExcept((byte)0))
        {
            return false;
        }

        blob = bytes.Slice(size, length).ToArray();
        size += padded;
        return true;
    }

    /// <summary>A word that must be an int no larger than the bytes at hand, with room to pad.</summary>
    private static bool TryReadLength(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < AbiType.WordSize)
        {
            return false;
        }

        UInt256 word = UInt256.FromBigEndian(bytes[..AbiType.WordSize]);
        if (word > (ulong)(int.MaxValue / 2))
        {
            return false;
        }

        length = (int)(ulong)word;
        return true;
    }

    private static AbiType[] Repeated(AbiType element, int count)
    {
        AbiType[] types = new AbiType[count];
        Array.Fill(types, element);
        return types;
    }
}

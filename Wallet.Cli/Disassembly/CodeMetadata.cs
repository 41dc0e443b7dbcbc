using System.Buffers.Binary;
using System.Text;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Wallet.Cli.Disassembly;

/// <summary>
/// What solc writes behind the code (Solidity documentation, "Encoding of the Metadata Hash in the Bytecode"): a small
/// CBOR map (RFC 8949) and its length in two bytes.
/// </summary>
/// <param name="Start">Position of the map in the code.</param>
/// <param name="Text">The map in words.</param>
internal sealed record CodeMetadata(int Start, string Text)
{
    private const int LengthBytes = 2;

    // solc writes the three numbers of a release as bytes, any other version as text.
    private const int VersionBytes = 3;
    private const int MaxEntries = 8;
    private const byte Map = 0xA0;
    private const byte TextString = 0x60;
    private const byte ByteString = 0x40;
    private const byte OneByteLength = 24;

    /// <summary>Null where the code does not end in metadata that makes sense to its last byte.</summary>
    public static CodeMetadata? Find(ReadOnlySpan<byte> code)
    {
        if (code.Length < LengthBytes + 1)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(code[^LengthBytes..]);
        int start = code.Length - LengthBytes - length;
        return length > 0 && start >= 0 && TryDescribe(code[start..^LengthBytes], out string text)
            ? new CodeMetadata(start, text)
            : null;
    }

    private static bool TryDescribe(ReadOnlySpan<byte> map, out string text)
    {
        text = "";
        int entries = map[0] - Map;
        if (entries is < 1 or > MaxEntries)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = map[1..];
        List<string> words = [];
        for (int i = 0; i < entries; i++)
        {
            if (!TryTake(ref rest, TextString, out ReadOnlySpan<byte> key)
                || !TryTakeValue(key, ref rest, out string value))
            {
                return false;
            }

            words.Add($"{Printable(key)} {value}");
        }

        text = "metadata: " + string.Join(", ", words);
        return rest.IsEmpty;
    }

    private static bool TryTakeValue(
        scoped ReadOnlySpan<byte> key, ref ReadOnlySpan<byte> rest, out string value)
    {
        value = "";
        if (rest.Length > 0 && rest[0] is 0xF4 or 0xF5)
        {
            value = rest[0] == 0xF5 ? "true" : "false";
            rest = rest[1..];
            return true;
        }

        if (TryTake(ref rest, ByteString, out ReadOnlySpan<byte> bytes))
        {
            bool isVersion = bytes.Length == VersionBytes && key.SequenceEqual("solc"u8);
            value = isVersion ? $"{bytes[0]}.{bytes[1]}.{bytes[2]}" : Hex.Encode(bytes);
            return true;
        }

        bool isText = TryTake(ref rest, TextString, out ReadOnlySpan<byte> text);
        value = Printable(text);
        return isText;
    }

    /// <summary>A string of the major type, its length in the first byte or the one after it.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> rest, byte majorType, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (rest.IsEmpty || (rest[0] & 0xE0) != majorType)
        {
            return false;
        }

        int length = rest[0] & 0x1F;
        int head = 1;
        if (length == OneByteLength && rest.Length > 1)
        {
            length = rest[1];
            head = 2;
        }
        else if (length >= OneByteLength)
        {
            return false;
        }

        if (length > rest.Length - head)
        {
            return false;
        }

        content = rest.Slice(head, length);
        rest = rest[(head + length)..];
        return true;
    }

    private static string Printable(ReadOnlySpan<byte> text)
    {
        StringBuilder printable = new();
        foreach (byte letter in text)
        {
            printable.Append(letter is >= 0x20 and < 0x7F ? (char)letter : '?');
        }

        return printable.ToString();
    }
}

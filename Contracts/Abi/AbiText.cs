using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EnergyChain.Contracts.Abi;

/// <summary>ABI values as text for people.</summary>
public static class AbiText
{
    /// <summary><c>(name: value, ...)</c></summary>
    public static string Describe(IReadOnlyList<AbiParameter> parameters, IReadOnlyList<AbiValue> values) =>
        $"({string.Join(", ", parameters.Zip(values, DescribeNamed))})";

    private static string DescribeNamed(AbiParameter parameter, AbiValue value) => parameter.Name.Length == 0
        ? Describe(parameter.Type, value)
        : $"{parameter.Name}: {Describe(parameter.Type, value)}";

    /// <summary>
    /// A value alone. What would steer the terminal, or turn round or break the line, is escaped in a text, so that it
    /// is safe to print.
    /// </summary>
    public static string Describe(AbiType type, AbiValue value) => (type, value) switch
    {
        (AbiType.Int, AbiValue.Number number) => Signed(number.Value.ToBigInteger()).ToString(),
        (_, AbiValue.Number number) => number.Value.ToString(),
        (_, AbiValue.Flag flag) => flag.Value ? "true" : "false",
        (_, AbiValue.Account account) => account.Value.ToString(),
        (_, AbiValue.Data data) => "0x" + Convert.ToHexStringLower(data.Value),
        (_, AbiValue.Text text) => Quoted(text.Value),
        (AbiType.Tuple tuple, AbiValue.Sequence items) => Describe(tuple.Components, items.Values),
        (AbiType.List list, AbiValue.Sequence items) => DescribeItems(list.Element, items),
        (AbiType.FixedArray array, AbiValue.Sequence items) => DescribeItems(array.Element, items),
        _ => throw new UnreachableException(),
    };

    private static string DescribeItems(AbiType element, AbiValue.Sequence items) =>
        $"[{string.Join(", ", items.Values.Select(item => Describe(element, item)))}]";

    private static System.Numerics.BigInteger Signed(System.Numerics.BigInteger word) =>
        word >> 255 == 1 ? word - (System.Numerics.BigInteger.One << 256) : word;

    /// <summary>Whether a character is not there to be seen: control and format characters, line separators.</summary>
    public static bool IsUnprintable(char letter) => char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator;

    private static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char letter in text)
        {
            quoted.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                _ when IsUnprintable(letter) => $"\\u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}

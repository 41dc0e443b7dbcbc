using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Api;

/// <summary>Reads the text fields of requests; what is malformed is INVALID_ARGUMENT and names the field.</summary>
internal static class RequestFields
{
    private const int ShownCharacters = 80;

    public static Address Address(string field, string text) =>
        Core.Primitives.Address.TryParse(text, out Address address)
            ? address
            : throw ApiError.Invalid(
                field, $"'{Shown(text)}' is no address: 0x and 40 hex digits; mixed case must carry the checksum.");

    public static Address? OptionalAddress(string field, string text) => text.Length == 0 ? null : Address(field, text);

    public static Hash32 Hash(string field, string text) => Hash32.TryParse(text, out Hash32 hash)
        ? hash
        : throw ApiError.Invalid(field, $"'{Shown(text)}' is no hash: 0x and 64 hex digits.");

    public static UInt256 Amount(string field, string text)
    {
        if (text.Length == 0)
        {
            return UInt256.Zero;
        }

        return text.All(char.IsAsciiDigit) && UInt256.TryParse(text, out UInt256 amount)
            ? amount
            : throw ApiError.Invalid(field, $"'{Shown(text)}' is no whole number of base units from 0 to 2^256-1.");
    }

    public static int PageSize(uint asked) =>
        asked == 0 ? ApiLimits.DefaultPageSize : (int)Math.Min(asked, ApiLimits.MaxPageSize);

    private static string Shown(string text) =>
        text.Length <= ShownCharacters ? text : string.Concat(text.AsSpan(0, ShownCharacters), "...");
}

using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Rpc;

/// <summary>Reads the text fields of answers; a node that sends others is not one of ours.</summary>
internal static class AnswerFields
{
    public static Address Address(string text) =>
        Core.Primitives.Address.TryParse(text, out Address address) ? address : throw Bad("an address", text);

    public static Address? OptionalAddress(string text) => text.Length == 0 ? null : Address(text);

    public static Hash32 Hash(string text) => Hash32.TryParse(text, out Hash32 hash) ? hash : throw Bad("a hash", text);

    /// <summary>An amount; a field that was never set is 0.</summary>
    public static UInt256 Amount(string text)
    {
        if (text.Length == 0)
        {
            return UInt256.Zero;
        }

        return UInt256.TryParse(text, out UInt256 amount) ? amount : throw Bad("an amount", text);
    }

    public static UInt256? OptionalAmount(string text) => text.Length == 0 ? null : Amount(text);

    private static NodeClientException Bad(string what, string text) => new(
        NodeClientError.BadAnswer, $"The node sent '{text}' for {what}: it is of another version, or not a node.");
}

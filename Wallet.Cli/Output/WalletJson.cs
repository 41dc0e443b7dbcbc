using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Wallet.Cli.Output;

/// <summary>
/// The JSON of the wallet: snake_case names, money as decimal strings of base units, energy and heights as numbers,
/// times as milliseconds since 1970, hashes, addresses and bytes as 0x hex, enumerations as snake_case words.
/// </summary>
internal static class WalletJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
            new As<UInt256>(static (writer, value) => writer.WriteStringValue(value.ToString())),
            new As<Address>(static (writer, value) => writer.WriteStringValue(value.ToString())),
            new As<Hash32>(static (writer, value) => writer.WriteStringValue(value.ToString())),
            new As<PublicKey>(static (writer, value) => writer.WriteStringValue(value.ToString())),
            new As<Height>(static (writer, value) => writer.WriteNumberValue(value.Value)),
            new As<Gas>(static (writer, value) => writer.WriteNumberValue(value.Value)),
            new As<ChainId>(static (writer, value) => writer.WriteNumberValue(value.Value)),
            new As<BlockTime>(static (writer, value) => writer.WriteNumberValue(value.UnixMs)),
            new As<ReadOnlyMemory<byte>>(static (writer, value) => writer.WriteStringValue(Hex.Encode(value.Span))),
        },
    };

    public static string Serialize(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <summary>With one more field, "trust"; without it where it is null.</summary>
    public static string Serialize(object value, object? trust)
    {
        JsonNode? node = JsonSerializer.SerializeToNode(value, value.GetType(), Options);
        if (trust is not null && node is JsonObject fields)
        {
            fields["trust"] = JsonSerializer.SerializeToNode(trust, trust.GetType(), Options);
        }

        return JsonSerializer.Serialize(node, Options);
    }

    private sealed class As<T>(Action<Utf8JsonWriter, T> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            write(writer, value);
    }
}

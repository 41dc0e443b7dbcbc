using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Meters;

namespace EnergyChain.Node.Site.Subjects;

/// <summary>A raw reading as it is kept, before it is sealed: one JSON object.</summary>
/// <param name="RecordHash">The hash that the record on the chain carries.</param>
/// <param name="Salt">What makes the hash a commitment that nobody can guess.</param>
/// <param name="Json">The reading, to the byte as it went into the hash.</param>
/// <param name="Reading">The same, to be read.</param>
internal sealed record KeptReading(Hash32 RecordHash, byte[] Salt, string Json, IntervalReading Reading)
{
    private const int SaltBytes = 16;

    /// <summary>Whether hash, salt and reading belong together.</summary>
    public bool IsProven => Blake2b.Hash([.. Salt, .. Encoding.UTF8.GetBytes(Json)]) == RecordHash;

    /// <summary>Salts and hashes a reading: gives the hash and what has to be kept to prove it.</summary>
    public static byte[] Encode(IntervalReading reading, out Hash32 hash)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        hash = RecordBuilder.HashOf(salt, reading);
        return JsonSerializer.SerializeToUtf8Bytes(new { hash = hash.ToString(), salt = Hex.Encode(salt), reading });
    }

    /// <summary>False where the text is none, such as the last line of a file when the power went.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> text, [NotNullWhen(true)] out KeptReading? kept)
    {
        kept = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            byte[] salt = new byte[SaltBytes];
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("hash", out JsonElement hashText)
                || !root.TryGetProperty("salt", out JsonElement saltText)
                || !root.TryGetProperty("reading", out JsonElement reading)
                || hashText.ValueKind != JsonValueKind.String
                || saltText.ValueKind != JsonValueKind.String
                || !Hash32.TryParse(hashText.GetString()!, out Hash32 hash)
                || !Hex.TryDecodeExact(saltText.GetString(), salt)
                || reading.Deserialize<IntervalReading>() is not { } values)
            {
                return false;
            }

            kept = new KeptReading(hash, salt, reading.GetRawText(), values);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Keys;

/// <summary>
/// The JSON of a key file, version 1. The checksum is over all other fields and needs no password: with it a wrong
/// password and a damaged file can be told apart, which authenticated encryption alone cannot.
/// </summary>
internal sealed record KeyFile
{
    public const int CurrentVersion = 1;
    public const string Argon2Id = "argon2id";
    public const string XChaCha20Poly1305 = "xchacha20-poly1305";

    /// <summary>Bytes of a key file; a longer one is none.</summary>
    public const int MaxBytes = 16 * 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
    };

    public required int Version { get; init; }

    public required string Address { get; init; }

    public required string PublicKey { get; init; }

    public required string Kdf { get; init; }

    [JsonPropertyName("kdf_memory_kib")]
    public required int KdfMemoryKiB { get; init; }

    public required int KdfPasses { get; init; }

    public required string KdfSalt { get; init; }

    public required string Cipher { get; init; }

    public required string Nonce { get; init; }

    /// <summary>The 32 secret bytes, encrypted, with the 16 bytes of the tag.</summary>
    public required string Ciphertext { get; init; }

    /// <summary>BLAKE2b-256 of the other fields.</summary>
    public string Checksum { get; init; } = "";

    /// <summary>What the encryption authenticates beside the secret: nobody can put another address on it.</summary>
    public byte[] AssociatedData() => JsonSerializer.SerializeToUtf8Bytes(
        this with { Nonce = "", Ciphertext = "", Checksum = "" }, Json);

    public KeyFile WithChecksum() => this with { Checksum = ComputeChecksum() };

    public byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Throws <see cref="KeystoreException"/> for anything but a sound file of this version.</summary>
    public static KeyFile Parse(string path, ReadOnlySpan<byte> bytes)
    {
        KeyFile file;
        try
        {
            RequireKnownVersion(path, bytes);
            file = JsonSerializer.Deserialize<KeyFile>(bytes, Json) ?? throw Damaged(path, "it is empty");
        }
        catch (JsonException exception)
        {
            throw Damaged(path, "it is not the JSON of a key file", exception);
        }

        if (file.Checksum != file.ComputeChecksum())
        {
            throw Damaged(path, "its checksum does not match its contents");
        }

        if (file.Kdf != Argon2Id || file.Cipher != XChaCha20Poly1305)
        {
            throw new KeystoreException(
                KeystoreError.UnsupportedVersion,
                $"Key file {path} uses {file.Kdf} and {file.Cipher}; this program knows {Argon2Id} and "
                + $"{XChaCha20Poly1305}. Use the program that wrote it.");
        }

        return file;
    }

    public static KeystoreException Damaged(string path, string how, Exception? inner = null) => new(
        KeystoreError.Damaged, $"Key file {path} is damaged: {how}. Restore it from a backup.", inner);

    private static void RequireKnownVersion(string path, ReadOnlySpan<byte> bytes)
    {
        Utf8JsonReader reader = new(bytes);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("version", out JsonElement version)
            || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out int number))
        {
            throw Damaged(path, "it has no version");
        }

        if (number != CurrentVersion)
        {
            throw new KeystoreException(
                KeystoreError.UnsupportedVersion,
                $"Key file {path} is of version {number}; this program knows version {CurrentVersion}. "
                + "Use the program that wrote it, or a newer one.");
        }
    }

    private string ComputeChecksum()
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(this with { Checksum = "" }, Json);
        Hash32 hash = Blake2b.Hash(bytes);
        return hash.ToString();
    }
}

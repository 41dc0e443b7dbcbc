using EnergyChain.Core.Primitives;
using NSec.Cryptography;

namespace EnergyChain.Core.Crypto;

/// <summary>An Ed25519 private key, held in libsodium's guarded memory. Thread-safe for signing.</summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>Length of the seed in bytes.</summary>
    public const int SeedSize = 32;

    private readonly Key _key;

    private SigningKey(Key key)
    {
        _key = key;
        PublicKey = new PublicKey(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        Address = PublicKey.ToAddress();
    }

    public PublicKey PublicKey { get; }

    /// <summary>The account of <see cref="PublicKey"/>.</summary>
    public Address Address { get; }

    /// <param name="seed">Exactly 32 secret bytes (RFC 8032, section 5.1.5).</param>
    public static SigningKey FromSeed(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedSize);
        KeyCreationParameters parameters = new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        return new SigningKey(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, parameters));
    }

    /// <summary>The 32 secret bytes; the caller clears them after use.</summary>
    public byte[] ExportSeed() => _key.Export(KeyBlobFormat.RawPrivateKey);

    /// <summary>
    /// Signs the bytes as they are. Everything of the protocol goes through the overload with a domain.
    /// </summary>
    public Signature Sign(ReadOnlySpan<byte> message)
    {
        Span<byte> signature = stackalloc byte[Signature.Size];
        SignatureAlgorithm.Ed25519.Sign(_key, message, signature);
        return new Signature(signature);
    }

    /// <summary>Signs the digest of <paramref name="canonicalBytes"/> under the domain and chain.</summary>
    public Signature Sign(SigningDomain domain, ChainId chainId, ReadOnlySpan<byte> canonicalBytes)
    {
        Span<byte> digest = stackalloc byte[Hash32.Size];
        domain.Digest(chainId, canonicalBytes).CopyTo(digest);
        return Sign(digest);
    }

    public void Dispose() => _key.Dispose();
}

using NSec.Cryptography;

namespace EnergyChain.Core.Crypto;

/// <summary>
/// Ed25519 verification by the rule of libsodium's releases: cofactorless, small-order A and R and non-canonical S
/// and A rejected. <see cref="Ed25519SelfCheck"/> asserts that rule at start-up.
/// </summary>
public static class Ed25519
{
    /// <summary>Whether the signature holds. Any bytes are allowed as input; thread-safe; no exception.</summary>
    public static bool Verify(PublicKey key, ReadOnlySpan<byte> message, Signature signature)
    {
        Span<byte> keyBytes = stackalloc byte[PublicKey.Size];
        key.CopyTo(keyBytes);
        Span<byte> signatureBytes = stackalloc byte[Signature.Size];
        signature.CopyTo(signatureBytes);
        return NSec.Cryptography.PublicKey.TryImport(
                SignatureAlgorithm.Ed25519,
                keyBytes,
                KeyBlobFormat.RawPublicKey,
                out NSec.Cryptography.PublicKey? point)
            && SignatureAlgorithm.Ed25519.Verify(point!, message, signatureBytes);
    }
}

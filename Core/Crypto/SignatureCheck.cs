using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto;

/// <summary>Verification under a signing domain.</summary>
public static class SignatureCheck
{
    /// <summary>Whether <paramref name="signature"/> signs the bytes for this use and chain. No exception.</summary>
    public static bool Holds(
        SigningDomain domain, ChainId chainId, ReadOnlySpan<byte> canonicalBytes, PublicKey key, Signature signature)
    {
        Span<byte> digest = stackalloc byte[Hash32.Size];
        domain.Digest(chainId, canonicalBytes).CopyTo(digest);
        return Ed25519.Verify(key, digest, signature);
    }
}

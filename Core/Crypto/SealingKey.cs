using NSec.Cryptography;

namespace EnergyChain.Core.Crypto;

/// <summary>
/// A key of XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), held in libsodium's guarded memory and never given out
/// again. Its nonces of 192 bits may be drawn at random. Thread-safe.
/// </summary>
public sealed class SealingKey : IDisposable
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    /// <summary>Bytes of a nonce.</summary>
    public const int NonceSize = 24;

    /// <summary>Bytes by which a sealed text is longer than what it seals.</summary>
    public const int TagSize = 16;

    private static readonly XChaCha20Poly1305 Cipher = AeadAlgorithm.XChaCha20Poly1305;

    private readonly Key _key;

    private SealingKey(Key key) => _key = key;

    /// <param name="bytes">Exactly 32 secret bytes; the caller clears them after use.</param>
    public static SealingKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size);
        return new SealingKey(Key.Import(Cipher, bytes, KeyBlobFormat.RawSymmetricKey));
    }

    /// <summary>Seals a text, bound to data that are not in it.</summary>
    /// <param name="nonce">24 bytes, never used before under this key.</param>
    /// <param name="associatedData">What has to be the same when it is opened.</param>
    /// <param name="plaintext">What is sealed.</param>
    /// <param name="ciphertext">Takes <see cref="TagSize"/> bytes more than the plaintext has.</param>
    public void Seal(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext) => Cipher.Encrypt(_key, nonce, associatedData, plaintext, ciphertext);

    /// <summary>
    /// False, and nothing written, where the text was not sealed under this key, nonce and associated data.
    /// </summary>
    public bool TryOpen(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext) => Cipher.Decrypt(_key, nonce, associatedData, ciphertext, plaintext);

    public void Dispose() => _key.Dispose();
}

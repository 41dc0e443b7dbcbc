using System.Security.Cryptography;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using NSec.Cryptography;
using PublicKey = EnergyChain.Core.Crypto.PublicKey;

namespace EnergyChain.Client.Keys;

/// <summary>
/// <see cref="PasswordBytes"/> give a key of XChaCha20-Poly1305, which encrypts the seed.
/// </summary>
internal static class KeyEncryption
{
    private static readonly XChaCha20Poly1305 Cipher = AeadAlgorithm.XChaCha20Poly1305;

    /// <summary>A new file for the key, under a fresh salt and nonce.</summary>
    public static KeyFile Encrypt(SigningKey key, string password, KeystoreOptions options)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(PasswordBytes.SaltSize);
        byte[] nonce = RandomNumberGenerator.GetBytes(Cipher.NonceSize);
        KeyFile file = new()
        {
            Version = KeyFile.CurrentVersion,
            Address = key.Address.ToString(),
            PublicKey = key.PublicKey.ToString(),
            Kdf = KeyFile.Argon2Id,
            KdfMemoryKiB = options.MemoryKiB,
            KdfPasses = options.Passes,
            KdfSalt = Hex.Encode(salt),
            Cipher = KeyFile.XChaCha20Poly1305,
            Nonce = Hex.Encode(nonce),
            Ciphertext = "",
        };
        byte[] seed = key.ExportSeed();
        try
        {
            using Key cipherKey = Derive(password, salt, options.MemoryKiB, options.Passes);
            byte[] ciphertext = Cipher.Encrypt(cipherKey, nonce, file.AssociatedData(), seed);
            return (file with { Ciphertext = Hex.Encode(ciphertext) }).WithChecksum();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Throws <see cref="KeystoreException"/> where the password is wrong or a field makes no sense.</summary>
    public static SigningKey Decrypt(string path, KeyFile file, string password)
    {
        byte[] salt = new byte[PasswordBytes.SaltSize];
        byte[] nonce = new byte[Cipher.NonceSize];
        byte[] ciphertext = new byte[SigningKey.SeedSize + Cipher.TagSize];
        if (!Hex.TryDecodeExact(file.KdfSalt, salt)
            || !Hex.TryDecodeExact(file.Nonce, nonce)
            || !Hex.TryDecodeExact(file.Ciphertext, ciphertext)
            || !PasswordBytes.AreCostsInRange(file.KdfMemoryKiB, file.KdfPasses))
        {
            throw KeyFile.Damaged(path, "a field is out of range");
        }

        byte[] seed = new byte[SigningKey.SeedSize];
        try
        {
            using Key cipherKey = Derive(password, salt, file.KdfMemoryKiB, file.KdfPasses);
            if (!Cipher.Decrypt(cipherKey, nonce, file.AssociatedData(), ciphertext, seed))
            {
                throw new KeystoreException(
                    KeystoreError.WrongPassword, $"The password does not open {path}. Check it and try again.");
            }

            SigningKey key = SigningKey.FromSeed(seed);
            return key.PublicKey == Describe(path, file).PublicKey
                ? key
                : throw KeyFile.Damaged(path, "its public key is not that of its secret");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    public static KeyDescription Describe(string path, KeyFile file)
    {
        if (!PublicKey.TryParse(file.PublicKey, out PublicKey publicKey)
            || !Address.TryParse(file.Address, out Address address)
            || publicKey.ToAddress() != address)
        {
            throw KeyFile.Damaged(path, "its address is not that of its public key");
        }

        return new KeyDescription(Path.GetFileNameWithoutExtension(path), address, publicKey, path);
    }

    private static Key Derive(string password, ReadOnlySpan<byte> salt, int memoryKiB, int passes)
    {
        byte[] secret = PasswordBytes.Derive(password, salt, memoryKiB, passes, Cipher.KeySize);
        try
        {
            return Key.Import(Cipher, secret, KeyBlobFormat.RawSymmetricKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}

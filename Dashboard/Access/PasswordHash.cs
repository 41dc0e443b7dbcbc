using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace EnergyChain.Dashboard.Access;

/// <summary>Argon2id (RFC 9106) of passwords; a guess costs about 0.2 s and 64 MiB by default.</summary>
public static class PasswordHash
{
    public const int DefaultMemoryKiB = 64 * 1024;
    public const int DefaultPasses = 3;
    public const int MinLength = 10;
    public const int MaxBytes = 1_024;

    private const int SaltSize = 16;
    private const int HashSize = 32;
    private const int MaxMemoryKiB = 1024 * 1024;
    private const int MaxPasses = 16;

    public static UserRecord Create(
        string name, UserRole role, string password, int memoryKiB = DefaultMemoryKiB, int passes = DefaultPasses)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize);
        return new UserRecord(name, role, memoryKiB, passes, salt, Derive(password, salt, memoryKiB, passes));
    }

    /// <summary>Compares in constant time; a record out of range opens with nothing.</summary>
    public static bool Verify(UserRecord user, string password)
    {
        bool isSound = user.Salt.Length == SaltSize
            && user.Hash.Length == HashSize
            && user.MemoryKiB is >= 8 and <= MaxMemoryKiB
            && user.Passes is >= 1 and <= MaxPasses
            && Encoding.UTF8.GetByteCount(password) <= MaxBytes;
        return isSound
            && CryptographicOperations.FixedTimeEquals(
                user.Hash, Derive(password, user.Salt, user.MemoryKiB, user.Passes));
    }

    private static byte[] Derive(string password, byte[] salt, int memoryKiB, int passes)
    {
        Argon2id kdf = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters
        {
            DegreeOfParallelism = 1,
            MemorySize = memoryKiB,
            NumberOfPasses = passes,
        });

        // One text, one hash, however the keyboard composes its accents.
        byte[] bytes = Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormC));
        try
        {
            return kdf.DeriveBytes(bytes, salt, HashSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}

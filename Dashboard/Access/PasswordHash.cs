using System.Security.Cryptography;
using System.Text;
using EnergyChain.Client.Keys;

namespace EnergyChain.Dashboard.Access;

/// <summary>
/// Hashes of users' passwords (<see cref="PasswordBytes"/>); a guess costs about 0.2 s and 64 MiB by default.
/// </summary>
public static class PasswordHash
{
    public const int DefaultMemoryKiB = 64 * 1024;
    public const int DefaultPasses = 3;
    public const int MinLength = 10;
    public const int MaxBytes = 1_024;

    private const int HashSize = 32;

    public static UserRecord Create(
        string name, UserRole role, string password, int memoryKiB = DefaultMemoryKiB, int passes = DefaultPasses)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(PasswordBytes.SaltSize);
        return new UserRecord(name, role, memoryKiB, passes, salt, Derive(password, salt, memoryKiB, passes));
    }

    /// <summary>Compares in constant time; a record out of range opens with nothing.</summary>
    public static bool Verify(UserRecord user, string password)
    {
        bool isSound = user.Salt.Length == PasswordBytes.SaltSize
            && user.Hash.Length == HashSize
            && PasswordBytes.AreCostsInRange(user.MemoryKiB, user.Passes)
            && Encoding.UTF8.GetByteCount(password) <= MaxBytes;
        return isSound
            && CryptographicOperations.FixedTimeEquals(
                user.Hash, Derive(password, user.Salt, user.MemoryKiB, user.Passes));
    }

    private static byte[] Derive(string password, byte[] salt, int memoryKiB, int passes) =>
        PasswordBytes.Derive(password, salt, memoryKiB, passes, HashSize);
}

using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace EnergyChain.Client.Keys;

/// <summary>
/// Argon2id (RFC 9106, version 1.3, one lane) of a password: of the wallet's key files and of the dashboard's users.
/// </summary>
/// <remarks>
/// The password is the UTF-8 bytes of its text as it was typed. Texts that look alike but are composed otherwise, such
/// as an accent typed apart from its letter, are different passwords: this runtime carries no data to normalize them.
/// </remarks>
public static class PasswordBytes
{
    public const int SaltSize = 16;
    public const int MinMemoryKiB = 8;
    public const int MaxMemoryKiB = 1024 * 1024;
    public const int MaxPasses = 16;

    /// <summary>Whether costs that a file states are ones that this program takes.</summary>
    public static bool AreCostsInRange(int memoryKiB, int passes) =>
        memoryKiB is >= MinMemoryKiB and <= MaxMemoryKiB && passes is >= 1 and <= MaxPasses;

    /// <summary>Derives a secret; the caller overwrites it when it is done. Thread-safe.</summary>
    /// <param name="password">The text as typed.</param>
    /// <param name="salt"><see cref="SaltSize"/> random bytes.</param>
    /// <param name="memoryKiB">Memory that each guess costs, in KiB.</param>
    /// <param name="passes">Passes over that memory.</param>
    /// <param name="size">Bytes of the result.</param>
    public static byte[] Derive(string password, ReadOnlySpan<byte> salt, int memoryKiB, int passes, int size)
    {
        Argon2id kdf = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters
        {
            DegreeOfParallelism = 1,
            MemorySize = memoryKiB,
            NumberOfPasses = passes,
        });
        byte[] bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            return kdf.DeriveBytes(bytes, salt, size);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}

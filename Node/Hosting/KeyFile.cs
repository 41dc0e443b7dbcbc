using System.Security.Cryptography;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Hosting;

/// <summary>
/// Key files of nodes and devices: the 32-byte Ed25519 seed as hex, readable by the owner only. A person's key
/// belongs into the wallet's encrypted keystore instead; a machine that restarts by itself has nobody to type a
/// password.
/// </summary>
public static class KeyFile
{
    /// <summary>Throws <see cref="OperatorException"/> naming the option where the file is not a key.</summary>
    public static SigningKey Load(string path, string option)
    {
        byte[] seed = new byte[SigningKey.SeedSize];
        try
        {
            if (!Hex.TryDecodeExact(File.ReadAllText(path).AsSpan().Trim(), seed))
            {
                throw OperatorException.ForOption(option, path, "a file of 64 hex digits");
            }

            return SigningKey.FromSeed(seed);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{option} '{path}' cannot be read: {error.Message}", error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Writes a key; an existing file is an error.</summary>
    public static void Write(string path, SigningKey key)
    {
        byte[] seed = key.ExportSeed();
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using StreamWriter writer = new(path, options);
        writer.WriteLine(Hex.Encode(seed));
        CryptographicOperations.ZeroMemory(seed);
    }

    /// <summary>A new random key.</summary>
    public static SigningKey Create()
    {
        Span<byte> seed = stackalloc byte[SigningKey.SeedSize];
        RandomNumberGenerator.Fill(seed);
        SigningKey key = SigningKey.FromSeed(seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }
}

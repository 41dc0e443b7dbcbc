using System.Security.Cryptography;
using System.Text;
using EnergyChain.Core.Crypto;

namespace EnergyChain.Client.Keys;

/// <summary>
/// A directory of encrypted Ed25519 keys, one JSON file each, readable by its owner only. Files are written whole or
/// not at all, and no key is ever overwritten. Every failure is a <see cref="KeystoreException"/>. Not thread-safe.
/// </summary>
public sealed class Keystore
{
    /// <summary>Longest password in UTF-8 bytes.</summary>
    public const int MaxPasswordBytes = 1_024;

    private const int MaxNameLength = 64;
    private const string Extension = ".json";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly KeystoreOptions _options;

    public Keystore(string directory, KeystoreOptions? options = null)
    {
        Directory = Path.GetFullPath(directory);
        _options = options ?? new KeystoreOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MemoryKiB, PasswordBytes.MinMemoryKiB);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.MemoryKiB, PasswordBytes.MaxMemoryKiB);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Passes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.Passes, PasswordBytes.MaxPasses);
    }

    public string Directory { get; }

    /// <summary>Makes a key from fresh randomness.</summary>
    public KeyDescription Create(string name, string password)
    {
        byte[] seed = RandomNumberGenerator.GetBytes(SigningKey.SeedSize);
        try
        {
            return Import(name, seed, password);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <param name="name">The name the key gets.</param>
    /// <param name="seed">Exactly 32 secret bytes; the caller clears them.</param>
    /// <param name="password">What will open it.</param>
    public KeyDescription Import(string name, ReadOnlySpan<byte> seed, string password)
    {
        string path = PathOf(name);
        RequirePassword(password);
        if (File.Exists(path))
        {
            throw NameTaken(name);
        }

        using SigningKey key = SigningKey.FromSeed(seed);
        KeyFile file = KeyEncryption.Encrypt(key, password, _options);
        Write(name, path, file.Serialize(), replace: false);
        return KeyEncryption.Describe(path, file);
    }

    /// <summary>Opens a key; the caller disposes it. Takes as long as the file's key derivation does.</summary>
    public SigningKey Unlock(string name, string password)
    {
        string path = PathOf(name);
        KeyFile file = Read(name, path);
        RequirePassword(password);
        return KeyEncryption.Decrypt(path, file, password);
    }

    public KeyDescription Describe(string name)
    {
        string path = PathOf(name);
        return KeyEncryption.Describe(path, Read(name, path));
    }

    public void ChangePassword(string name, string oldPassword, string newPassword)
    {
        RequirePassword(newPassword);
        using SigningKey key = Unlock(name, oldPassword);
        Write(name, PathOf(name), KeyEncryption.Encrypt(key, newPassword, _options).Serialize(), replace: true);
    }

    /// <summary>All keys by name. A broken file is reported and hides no other.</summary>
    public KeyListing List()
    {
        List<KeyDescription> keys = [];
        List<(string, string)> broken = [];
        if (!System.IO.Directory.Exists(Directory))
        {
            return new KeyListing(keys, broken);
        }

        IEnumerable<string> files = System.IO.Directory.EnumerateFiles(Directory, "*" + Extension);
        foreach (string path in files.Order(StringComparer.Ordinal))
        {
            try
            {
                keys.Add(Describe(Path.GetFileNameWithoutExtension(path)));
            }
            catch (KeystoreException exception)
            {
                broken.Add((Path.GetFileName(path), exception.Message));
            }
        }

        return new KeyListing(keys, broken);
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && (char.IsAsciiLetterLower(name[0]) || char.IsAsciiDigit(name[0]))
        && name.All(letter =>
            char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-' or '_');

    private static void RequirePassword(string password)
    {
        if (password.Length == 0 || Encoding.UTF8.GetByteCount(password) > MaxPasswordBytes)
        {
            throw new KeystoreException(
                KeystoreError.BadPassword, $"A password has 1 to {MaxPasswordBytes} bytes. Choose another.");
        }
    }

    private static KeystoreException NameTaken(string name) => new(
        KeystoreError.NameTaken, $"There is a key named {name} already. Choose another name.");

    private string PathOf(string name) => IsName(name)
        ? Path.Combine(Directory, name + Extension)
        : throw new KeystoreException(
            KeystoreError.BadName,
            $"'{name}' is no name for a key: use 1 to {MaxNameLength} of a-z, 0-9, '.', '-', '_', "
            + "starting with a letter or digit.");

    private KeyFile Read(string name, string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > KeyFile.MaxBytes)
            {
                throw KeyFile.Damaged(path, "it is too long for a key file");
            }

            byte[] bytes = new byte[(int)stream.Length];
            stream.ReadExactly(bytes);
            return KeyFile.Parse(path, bytes);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KeystoreException(
                KeystoreError.NotFound,
                $"There is no key named {name} in {Directory}. List the keys, or create or import it.",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeystoreException(
                KeystoreError.Inaccessible, $"Key file {path} cannot be read: {exception.Message}", exception);
        }
    }

    private void Write(string name, string path, byte[] bytes, bool replace)
    {
        string unique = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        string temporary = Path.Combine(Directory, $".{name}.{unique}");
        try
        {
            CreateDirectory();
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (FileStream stream = new(temporary, options))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, replace);
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            throw NameTaken(name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeystoreException(
                KeystoreError.Inaccessible, $"Key file {path} cannot be written: {exception.Message}", exception);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    private void CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(Directory);
        }
        else
        {
            System.IO.Directory.CreateDirectory(Directory, OwnerOnly | UnixFileMode.UserExecute);
        }
    }
}

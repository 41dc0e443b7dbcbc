using System.Text.Json;
using System.Text.Json.Serialization;
using EnergyChain.Dashboard.Hosting;

namespace EnergyChain.Dashboard.Access;

/// <summary>
/// users.json of the data directory, readable by its owner only. Read at each login, so that <c>set-password</c> counts
/// at once. Every failure is an <see cref="OperatorException"/>.
/// </summary>
/// <param name="directory">The data directory.</param>
public sealed class UserFile(string directory)
{
    public const int MaxUsers = 1_000;

    private const int MaxNameLength = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        WriteIndented = true,
    };

    private readonly string _path = Path.Combine(directory, "users.json");

    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && name.All(letter =>
            char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-' or '_');

    /// <summary>Empty where there is no file.</summary>
    public IReadOnlyList<UserRecord> Read()
    {
        try
        {
            return File.Exists(_path)
                ? JsonSerializer.Deserialize<List<UserRecord>>(File.ReadAllBytes(_path), Json) ?? []
                : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new OperatorException($"{_path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Adds the user or replaces the one of that name; the file is written whole or not at all.</summary>
    public void Put(UserRecord user)
    {
        List<UserRecord> users = [.. Read().Where(other => other.Name != user.Name), user];
        if (users.Count > MaxUsers)
        {
            throw new OperatorException($"{_path} holds {MaxUsers} users; it takes no more.");
        }

        string temporary = _path + ".new";
        try
        {
            DataFolder.Prepare(directory);
            FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (FileStream stream = new(temporary, options))
            {
                JsonSerializer.Serialize(stream, users, Json);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{_path} cannot be written: {error.Message}", error);
        }
    }
}

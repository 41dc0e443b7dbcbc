using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnergyChain.Node.Hosting;

/// <summary>Reads and writes node config files (JSON; comments and trailing commas allowed when reading).</summary>
public static class NodeOptionsFile
{
    private const long MaxBytes = 1024 * 1024;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads and checks a config. Throws <see cref="OperatorException"/> with what is wrong.</summary>
    public static NodeOptions Load(string path)
    {
        string full = Path.GetFullPath(path);
        NodeOptions options = Parse(ReadText(path, full), path);
        options.BaseDirectory = Path.GetDirectoryName(full) ?? full;
        NodeOptionsCheck.Run(options);
        return options;
    }

    /// <summary>Reads a config from its text without checking values.</summary>
    public static NodeOptions Parse(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<NodeOptions>(json, Format)
                ?? throw OperatorException.ForOption("--config", source, "a JSON object");
        }
        catch (JsonException error)
        {
            string where = error.Path is { Length: > 0 } at ? $" at {at}" : string.Empty;
            string line = error.LineNumber is { } number ? $", line {number + 1}" : string.Empty;
            throw new OperatorException($"The config file '{source}' is wrong{where}{line}: {Reason(error)}", error);
        }
    }

    public static string ToText(NodeOptions options) => JsonSerializer.Serialize(options, Format) + "\n";

    private static string ReadText(string path, string full)
    {
        FileInfo file = new(full);
        if (!file.Exists)
        {
            throw OperatorException.ForOption("--config", path, "an existing file; `node testnet` writes such files");
        }

        if (file.Length > MaxBytes)
        {
            throw OperatorException.ForOption("--config", path, $"a file of at most {MaxBytes} bytes");
        }

        try
        {
            return File.ReadAllText(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"--config '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static string Reason(JsonException error)
    {
        int end = error.Message.IndexOf(" Path:", StringComparison.Ordinal);
        return end > 0 ? error.Message[..end] : error.Message;
    }
}

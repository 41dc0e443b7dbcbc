using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>Writes reports as JSON.</summary>
public static class RunReportFile
{
    private const string Partial = ".part";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new MoneyConverter() },
    };

    public static string ToText(RunReport report) => JsonSerializer.Serialize(report, Format) + "\n";

    /// <summary>Throws what writing a report would throw, and leaves no file.</summary>
    public static void Probe(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new IOException("It is a folder.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full + Partial, string.Empty);
        File.Delete(full + Partial);
    }

    /// <summary>Writes through a temporary file, so that a reader never sees half a report.</summary>
    public static void Write(string path, RunReport report)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string partial = full + Partial;
        File.WriteAllText(partial, ToText(report));
        File.Move(partial, full, overwrite: true);
    }

    private sealed class MoneyConverter : JsonConverter<BigInteger>
    {
        public override BigInteger Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            BigInteger.Parse(reader.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}

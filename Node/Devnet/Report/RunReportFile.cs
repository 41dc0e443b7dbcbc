using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>Writes reports as JSON.</summary>
public static class RunReportFile
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new MoneyConverter() },
    };

    public static string ToText(RunReport report) => JsonSerializer.Serialize(report, Format) + "\n";

    /// <summary>Writes through a temporary file, so that a reader never sees half a report.</summary>
    public static void Write(string path, RunReport report)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string partial = full + ".part";
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

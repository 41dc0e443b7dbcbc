using System.Text.Json;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Evm;

/// <summary>The published workloads: bytecode, and calls of it with their results and gas.</summary>
internal static class WorkloadFile
{
    private const string FileName = "bench.json";
    private const int MaxBytes = 1 << 20;

    /// <summary>
    /// The file in the folder named, else in <c>../shared/vectors/evm-bench</c> beside the checkout; null where the
    /// latter is absent. Throws <see cref="BenchmarkException"/> where the former has none.
    /// </summary>
    public static string? Locate(string? folder)
    {
        if (folder is not null)
        {
            string named = Path.Combine(folder, FileName);
            return File.Exists(named)
                ? named
                : throw new BenchmarkException($"--vectors {folder}: there is no {FileName} in it.");
        }

        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "EnergyChain.sln")))
        {
            root = root.Parent;
        }

        string? path = root?.Parent is { } parent
            ? Path.Combine(parent.FullName, "shared", "vectors", "evm-bench", FileName)
            : null;
        return File.Exists(path) ? path : null;
    }

    /// <summary>Throws <see cref="BenchmarkException"/> where the file cannot be read as workloads.</summary>
    public static IReadOnlyList<BytecodeCase> Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            Address address = AddressOf(root.GetProperty("address"));
            byte[] code = BytesOf(root.GetProperty("runtime"));
            return [.. root.GetProperty("workloads").EnumerateArray().Select(workload => new BytecodeCase(
                workload.GetProperty("name").GetString() ?? "",
                BenchmarkGroup.Workloads,
                new BytecodeProgram(
                    address,
                    code,
                    BytesOf(workload.GetProperty("calldata")),
                    BytesOf(workload.GetProperty("returns")),
                    workload.GetProperty("gas").GetUInt64())))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new BenchmarkException($"{path}: not readable as benchmark workloads: {exception.Message}");
        }
    }

    private static Address AddressOf(JsonElement text) =>
        Address.TryParse(text.GetString()?.ToLowerInvariant(), out Address address)
            ? address
            : throw new FormatException($"{text} is no address");

    private static byte[] BytesOf(JsonElement text) =>
        Hex.TryDecode(text.GetString(), MaxBytes, out byte[] bytes)
            ? bytes
            : throw new FormatException("a field holds no hexadecimal bytes");
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Portable;

namespace EnergyChain.Node.Commands;

/// <summary>What the commands on the data directory of a node that does not run have in common.</summary>
internal static class OfflineOptions
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Option<string> Config() => new("--config")
    {
        Description = "Config file of the node (JSON); the node must not run",
        Required = true,
    };

    public static Option<bool> Json() => new("--json") { Description = "One JSON object on standard output" };

    public static Option<bool> Yes() => new("--yes") { Description = "Do not ask" };

    public static Option<ulong?> HeightOf(string name, string description) => new(name) { Description = description };

    public static Height? AsHeight(ulong? value) => value is { } height ? new Height(height) : null;

    public static void PrintJson(TextWriter output, object value) =>
        output.WriteLine(JsonSerializer.Serialize(value, Format));

    /// <summary>Makes a file that a command writes; <see cref="OperatorException"/> where it cannot be.</summary>
    public static OutputFile CreateFile(string path, bool isSecret = false)
    {
        try
        {
            return OutputFile.Create(path, isSecret);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"--out is '{path}', which cannot be made: {failure.Message}", failure);
        }
    }

    /// <summary>Runs a command: being interrupted and storage that cannot be used have their own exit codes.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> command, TextWriter error)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Interrupted before the end.");
            return ExitCode.Interrupted;
        }
        catch (StorageException failure)
        {
            await error.WriteLineAsync(failure.Message);
            return ExitCode.Failure;
        }
    }
}

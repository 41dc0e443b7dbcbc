using System.Text.Json;

namespace EnergyChain.Tests;

/// <summary>The published vectors and real data that lie beside the checkout and are never part of it.</summary>
internal static class SharedData
{
    /// <summary>The folder that holds EnergyChain.sln.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>A path below <c>../shared</c>; the running test is skipped where it is absent.</summary>
    public static string Path(string relative)
    {
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(RepositoryRoot, "..", "shared", relative));
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Ignore($"../shared/{relative} is absent: this test needs the published data beside the checkout.");
        }

        return path;
    }

    /// <summary>A JSON file below <c>../shared</c>.</summary>
    public static JsonDocument Json(string relative) => JsonDocument.Parse(File.ReadAllBytes(Path(relative)));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "EnergyChain.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("EnergyChain.sln is in no parent folder.");
    }
}

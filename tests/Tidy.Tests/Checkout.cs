using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EnergyChain.Tidy.Tests;

/// <summary>The files of the checkout as the rules see them: no build output, no fetched packages, no devnet.</summary>
internal static class Checkout
{
    private static readonly string[] SkippedFolders =
    [
        "bin", "obj", ".git", ".vs", ".idea", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", "devnet-data",
    ];

    private static readonly ConcurrentDictionary<string, SyntaxNode> Parsed = [];

    public static string Root => SharedData.RepositoryRoot;

    /// <summary>Paths relative to the root, with forward slashes, in order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> CSharpFiles =>
        Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The C# files of the rooms themselves: no tests, no benchmarks.</summary>
    public static IEnumerable<string> RoomFiles =>
        CSharpFiles.Where(file => !file.StartsWith("tests/", StringComparison.Ordinal)
            && !file.StartsWith("benchmarks/", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>The tree of a file, parsed once for all rules.</summary>
    public static SyntaxNode Parse(string file) =>
        Parsed.GetOrAdd(file, static file => CSharpSyntaxTree.ParseText(Read(file)).GetRoot());

    private static IEnumerable<string> Walk(string folder)
    {
        // In a worktree .git is a file.
        foreach (string file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != ".git"))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            if (SkippedFolders.Contains(Path.GetFileName(child)))
            {
                continue;
            }

            foreach (string file in Walk(child))
            {
                yield return file;
            }
        }
    }
}

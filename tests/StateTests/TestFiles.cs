namespace EnergyChain.StateTests;

/// <summary>The files that paths stand for.</summary>
/// <param name="Paths">In the order of their names, each once.</param>
/// <param name="Problems">A failure for each folder that cannot be read.</param>
internal sealed record TestFiles(IReadOnlyList<string> Paths, IReadOnlyList<StateTestResult> Problems)
{
    private const string Pattern = "*.json";

    /// <summary>
    /// A file stands for itself, a folder for the JSON files at and below it. Links to folders are followed once, so
    /// that a loop of links ends.
    /// </summary>
    public static TestFiles Find(IEnumerable<string> paths)
    {
        SortedSet<string> files = new(StringComparer.Ordinal);
        List<StateTestResult> problems = [];
        HashSet<string> visited = new(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            if (File.Exists(path))
            {
                files.Add(path);
            }
            else
            {
                Walk(path, files, visited, problems);
            }
        }

        return new TestFiles([.. files.DistinctBy(Path.GetFullPath)], problems);
    }

    private static void Walk(
        string start, SortedSet<string> files, HashSet<string> visited, List<StateTestResult> problems)
    {
        Stack<string> waiting = new([start]);
        while (waiting.TryPop(out string? folder))
        {
            try
            {
                if (!visited.Add(RealPath(folder)))
                {
                    continue;
                }

                files.UnionWith(Directory.EnumerateFiles(folder, Pattern));
                foreach (string child in Directory.EnumerateDirectories(folder))
                {
                    waiting.Push(child);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add(StateTestResult.OfFile(folder, StateTestVerdict.Failed, exception.Message));
            }
        }
    }

    /// <summary>The folder that all links on the way lead to.</summary>
    private static string RealPath(string folder)
    {
        string path = Path.GetFullPath(folder);
        string real = Path.GetPathRoot(path) ?? string.Empty;
        foreach (string part in path[real.Length..].Split(Path.DirectorySeparatorChar))
        {
            DirectoryInfo step = new(Path.Combine(real, part));
            real = step.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? step.FullName;
        }

        return real;
    }
}

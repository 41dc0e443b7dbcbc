namespace EnergyChain.Benchmarks.Evm.Revm;

/// <summary>Where the anvil program is.</summary>
internal static class AnvilLocator
{
    private const string Program = "anvil";

    // Also where the differential fuzzer of tests/Vm.Tests looks.
    private const string Variable = "ENERGYCHAIN_ANVIL";

    /// <summary>
    /// The path given, else the one that ENERGYCHAIN_ANVIL names, else the first on PATH, else what npm put below
    /// <c>benchmarks/anvil</c>. Throws <see cref="BenchmarkException"/> where there is none.
    /// </summary>
    public static string Locate(string? path)
    {
        string? named = path ?? Environment.GetEnvironmentVariable(Variable);
        if (named is not null)
        {
            return File.Exists(named)
                ? Path.GetFullPath(named)
                : throw new BenchmarkException(
                    $"{(path is null ? Variable : "--anvil")} {named}: there is no such file.");
        }

        return Candidates().FirstOrDefault(File.Exists) ?? throw new BenchmarkException(
            "--anvil: no anvil on PATH nor below benchmarks/anvil; run `npm install` there, or name its path.");
    }

    private static IEnumerable<string> Candidates()
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return Path.Combine(folder, Program);
            yield return Path.Combine(folder, Program + ".exe");
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EnergyChain.sln")))
            {
                yield return Path.Combine(
                    folder.FullName, "benchmarks", "anvil", "node_modules", ".bin", Program);
                yield break;
            }
        }
    }
}

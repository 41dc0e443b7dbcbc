using System.Diagnostics;

namespace EnergyChain.Node.Devnet;

/// <summary>Where the dashboard's program is: this program does not know it otherwise.</summary>
public static class DashboardExecutable
{
    /// <summary>Names the program where it lies elsewhere.</summary>
    public const string Variable = "ENERGYCHAIN_DASHBOARD";

    private const string Program = "energychain-dashboard.dll";

    /// <summary>How to start it; null where its build is not there.</summary>
    public static ProcessStartInfo? StartInfo(params string[] arguments)
    {
        if (Candidates().FirstOrDefault(File.Exists) is not { } program)
        {
            return null;
        }

        ProcessStartInfo start = new()
        {
            FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    // Named, installed beside this program, or built from the same sources in the same configuration.
    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            yield return Path.GetFullPath(named);
        }

        string here = Path.GetFullPath(AppContext.BaseDirectory).TrimEnd(Path.DirectorySeparatorChar);
        yield return Path.Combine(here, Program);
        string framework = Path.GetFileName(here);
        string configuration = Path.GetFileName(Path.GetDirectoryName(here) ?? "");
        for (string? folder = here; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "EnergyChain.sln")))
            {
                yield return Path.Combine(folder, "Dashboard", "bin", configuration, framework, Program);
            }
        }
    }
}

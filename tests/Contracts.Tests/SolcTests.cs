using System.ComponentModel;
using System.Diagnostics;

namespace EnergyChain.Contracts.Tests;

/// <summary>Recompiles the contracts with solc from npm: `npm ci` in Contracts/build installs it.</summary>
[NUnit.Framework.Category("Solc")]
public sealed class SolcTests
{
    private const int TimeLimitMs = 120_000;

    [Test]
    public void Recompiled_sources_give_the_committed_artifacts()
    {
        string build = Path.Combine(SharedData.RepositoryRoot, "Contracts", "build");
        if (!Directory.Exists(Path.Combine(build, "node_modules", "solc")))
        {
            Assert.Ignore("solc is not installed: run `npm ci` in Contracts/build.");
        }

        using Process? process = TryStart(build);
        if (process is null)
        {
            Assert.Ignore("node is not installed.");
        }

        Task<string> errors = process!.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.That(process.WaitForExit(TimeLimitMs), Is.True, "solc takes too long");
        Assert.That(process.ExitCode, Is.Zero, output.Result + errors.Result);
    }

    private static Process? TryStart(string folder)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", ["build.js", "--check"])
            {
                WorkingDirectory = folder,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

using System.Diagnostics;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace EnergyChain.Tests;

/// <summary>
/// Runs tests of an assembly a second time in a process whose compiler may use no hardware intrinsics, so that the
/// plain paths, which other machines take, are tested on this one.
/// </summary>
internal static partial class IntrinsicsOff
{
    private const string Switch = "DOTNET_EnableHWIntrinsic";
    private const int TimeoutMs = 300_000;

    /// <summary>
    /// In a process with intrinsics: runs the tests that the filter selects, which must select the caller too, in one
    /// without, and asserts that all passed and were enough. In the process without: asserts that it is without.
    /// </summary>
    public static void RunAgain(Assembly tests, string filter, int leastTests)
    {
        if (Environment.GetEnvironmentVariable(Switch) == "0")
        {
            Assert.That(Bmi2.IsSupported, Is.False);
            Assert.That(Vector256.IsHardwareAccelerated, Is.False);
            return;
        }

        ProcessStartInfo start = new("dotnet", ["test", tests.Location, "--nologo", "--filter", filter])
        {
            RedirectStandardOutput = true,
            Environment = { [Switch] = "0" },
        };
        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        if (!child.WaitForExit(TimeoutMs))
        {
            child.Kill(entireProcessTree: true);
            Assert.Fail($"The tests without intrinsics took over {TimeoutMs} ms.");
        }

        string text = output.GetAwaiter().GetResult();
        Assert.That(child.ExitCode, Is.Zero, text);
        Match passed = PassedCount().Match(text);
        Assert.That(passed.Success, Is.True, text);
        Assert.That(int.Parse(passed.Groups[1].ValueSpan), Is.GreaterThanOrEqualTo(leastTests), text);
    }

    [GeneratedRegex(@"Passed:\s+(\d+)")]
    private static partial Regex PassedCount();
}

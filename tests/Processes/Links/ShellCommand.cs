using System.ComponentModel;
using System.Diagnostics;

namespace EnergyChain.Processes.Links;

/// <summary>Runs a program of the system to its end.</summary>
internal static class ShellCommand
{
    /// <summary>Throws <see cref="InvalidOperationException"/> with what the program said where it fails.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        if (await TryAsync(program, arguments) is { } failure)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {failure}");
        }
    }

    /// <summary>Null, or what it said when it failed.</summary>
    public static async Task<string?> TryAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string error = await process.StandardError.ReadToEndAsync();
            await output;
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (Win32Exception absent)
        {
            return $"{program}: {absent.Message}";
        }
    }
}

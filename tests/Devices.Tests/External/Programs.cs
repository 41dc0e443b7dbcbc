using System.Diagnostics;

namespace EnergyChain.Devices.Tests.External;

/// <summary>Other people's programs; a test that needs one that is absent is ignored.</summary>
internal static class Programs
{
    /// <summary>The system's own Python, for only it sees the distribution's packages.</summary>
    private const string Python = "/usr/bin/python3";

    public static async Task<Process> StartPymodbusAsync(int port, CancellationToken cancellationToken)
    {
        bool isThere = File.Exists(Python);
        if (isThere)
        {
            (int code, _) = await RunAsync(Python, ["-c", "import pymodbus.server, serial_asyncio"], cancellationToken);
            isThere = code == 0;
        }

        if (!isThere)
        {
            Assert.Ignore("pymodbus is absent: apt-get install python3-pymodbus python3-serial-asyncio.");
        }

        string script = Path.Combine(TestContext.CurrentContext.TestDirectory, "External", "sunspec_server.py");
        ProcessStartInfo start = new(Python, [script, $"{port}"]) { RedirectStandardError = true };
        Process process = Process.Start(start)!;
        // Read and forgotten, so that a full pipe cannot stop the server.
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    public static async Task<string> RunMbpollAsync(string arguments, CancellationToken cancellationToken)
    {
        string? directory = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator)
            .FirstOrDefault(directory => File.Exists(Path.Combine(directory, "mbpoll")));
        if (directory is null)
        {
            Assert.Ignore("mbpoll is absent: apt-get install mbpoll.");
        }

        string program = Path.Combine(directory!, "mbpoll");
        (int code, string output) = await RunAsync(program, arguments.Split(' '), cancellationToken);
        Assert.That(code, Is.Zero, output);
        return output;
    }

    private static async Task<(int Code, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output + await error);
    }
}

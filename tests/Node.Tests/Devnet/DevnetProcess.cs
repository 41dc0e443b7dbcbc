using System.Diagnostics;
using System.Text.Json;

namespace EnergyChain.Node.Tests.Devnet;

/// <summary>The real devnet as a process of its own, in a folder of its own, on ports of its own.</summary>
internal sealed class DevnetProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private DevnetProcess(Process process, string folder)
    {
        _process = process;
        Folder = folder;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public string Folder { get; }

    public string ReportPath => Path.Combine(Folder, "report.json");

    public static DevnetProcess Start(params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("energychain-devnet-").FullName;
        string program = typeof(Node.Devnet.DevnetOptions).Assembly.Location;
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] own =
        [
            program, "devnet", "--no-ui", "--no-dashboard", "--data-dir", folder,
            "--base-port", $"{TestPorts.Stretch()}", .. arguments,
        ];
        foreach (string argument in own)
        {
            start.ArgumentList.Add(argument);
        }

        return new DevnetProcess(Process.Start(start)!, folder);
    }

    /// <summary>Waits for the end and gives exit code and everything it printed.</summary>
    public async Task<(int Code, string Text)> WaitAsync()
    {
        using CancellationTokenSource patience = new(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await _output + await _errors);
    }

    /// <summary>
    /// The process id of a validator as its supervisor wrote it, once it differs from an earlier one.
    /// </summary>
    public async Task<int> ProcessIdAsync(string validator, int otherThan = 0)
    {
        string path = Path.Combine(Folder, validator, "pid");
        return await UntilAsync(() =>
            File.Exists(path) && int.TryParse(File.ReadAllText(path), out int id) && id != otherThan ? id : (int?)null);
    }

    /// <summary>Asks again and again until there is an answer, for as long as the devnet runs.</summary>
    public async Task<T> UntilAsync<T>(Func<T?> ask)
        where T : struct
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            if (ask() is { } answer)
            {
                return answer;
            }

            if (_process.HasExited)
            {
                throw new InvalidOperationException("The devnet ended: " + await _output + await _errors);
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public JsonElement Report() => JsonDocument.Parse(File.ReadAllBytes(ReportPath)).RootElement;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

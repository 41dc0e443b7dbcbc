using System.Diagnostics;

namespace EnergyChain.Dashboard.Browser;

/// <summary>
/// One of our programs as a process that ends with its input: by ours, and by itself where this process is killed.
/// </summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    private ProgramProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it has written so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <param name="project">Node or Dashboard.</param>
    /// <param name="program">Name of the program.</param>
    /// <param name="arguments">Of the program.</param>
    public static ProgramProcess Start(string project, string program, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(PathOf(project, program));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        ProgramProcess started = new(Process.Start(start)!);
        started._process.OutputDataReceived += (_, line) => started.Keep(line.Data);
        started._process.ErrorDataReceived += (_, line) => started.Keep(line.Data);
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Waits until it has written a line that begins so; fails where it ended before.</summary>
    public Task<string> SaysAsync(string beginning) => Until.FoundAsync(
        () =>
        {
            bool hasEnded = HasEnded;
            string? found = Lines.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal));
            return found is null && hasEnded
                ? throw new AssertionException($"A process ended: {string.Join('\n', Lines.TakeLast(5))}")
                : Task.FromResult(found);
        },
        $"A line of a process like '{beginning}'",
        StartPatience);

    /// <summary>Writes a line and closes the input, for a program that asks.</summary>
    public async Task AnswerAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(StopPatience);
    }

    /// <summary>Closes its input and waits for its end; fails where it has to be killed.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.StandardInput.Close();
                await _process.WaitForExitAsync().WaitAsync(StopPatience);
            }
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            throw;
        }
        finally
        {
            _process.Dispose();
        }
    }

    // Built beside the tests, in the same configuration.
    private static string PathOf(string project, string program)
    {
        string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string framework = Path.GetFileName(here);
        string configuration = Path.GetFileName(Path.GetDirectoryName(here)!);
        return Path.Combine(SharedData.RepositoryRoot, project, "bin", configuration, framework, program + ".dll");
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_lock)
            {
                _lines.Add(line);
            }
        }
    }
}

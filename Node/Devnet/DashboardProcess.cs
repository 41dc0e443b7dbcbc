using System.Diagnostics;
using System.Globalization;

namespace EnergyChain.Node.Devnet;

/// <summary>
/// The dashboard of a devnet, a process of its own that talks to the first site's node. It is a window: where it fails,
/// the devnet goes on without it and says so.
/// </summary>
public sealed class DashboardProcess : IAsyncDisposable
{
    /// <summary>The name that a person logs in with.</summary>
    public const string User = "operator";

    /// <summary>Its password, of no worth: the keys of a devnet are known to all.</summary>
    public const string Password = "devnet-operator";

    private static readonly TimeSpan SetUpPatience = TimeSpan.FromSeconds(30);

    private readonly ProcessLogFile _log;
    private readonly NodeChild _child;

    private DashboardProcess(ProcessLogFile log, NodeChild child)
    {
        _log = log;
        _child = child;
    }

    public int ProcessId => _child.ProcessId;

    /// <summary>Starts it; gives null, and says why, where it cannot be started.</summary>
    public static async Task<DashboardProcess?> TryStartAsync(
        DevnetLayout layout, TextWriter output, TimeProvider time, CancellationToken cancellation)
    {
        string folder = Path.Combine(layout.Root, "dashboard");
        ProcessStartInfo? start = DashboardExecutable.StartInfo(
            "--node", $"http://{layout.SiteApi(0)}",
            "--listen", layout.DashboardAddress,
            "--data-dir", folder,
            "--keystore", layout.WalletFolder,
            "--key", layout.Homes[0],
            "--key-password-file", Path.Combine(layout.WalletFolder, "password.txt"),
            "--stop-with-input");
        if (start is null)
        {
            output.WriteLine(
                "The dashboard's program is not there: build the Dashboard project, or say --no-dashboard.");
            return null;
        }

        Directory.CreateDirectory(folder);
        ProcessLogFile log = new(Path.Combine(folder, "log.txt"));
        try
        {
            await SetPasswordAsync(folder, time, cancellation);
            NodeChild child = NodeChild.Start(start, log, time);
            await File.WriteAllTextAsync(
                Path.Combine(folder, "pid"),
                child.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n",
                cancellation);
            return new DashboardProcess(log, child);
        }
        catch (Exception error) when (error is IOException or System.ComponentModel.Win32Exception or TimeoutException)
        {
            log.Dispose();
            output.WriteLine($"The dashboard does not start: {error.Message}");
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _child.StopAsync();
        _child.Dispose();
        _log.Dispose();
    }

    private static async Task SetPasswordAsync(string folder, TimeProvider time, CancellationToken cancellation)
    {
        ProcessStartInfo start = DashboardExecutable.StartInfo(
            "set-password", "--user", User, "--data-dir", folder)!;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(Password);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation).WaitAsync(SetUpPatience, time, cancellation);
    }
}

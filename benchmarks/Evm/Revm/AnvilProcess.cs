using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EnergyChain.Benchmarks.Evm.Revm;

/// <summary>anvil as a child on a free loopback port; ends with its owner, however that ends.</summary>
internal sealed class AnvilProcess : IAsyncDisposable
{
    /// <summary>More than any call here needs; anvil refuses a call above the block's limit.</summary>
    public const ulong GasLimit = 100_000_000_000;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartPoll = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;

    private AnvilProcess(Process process, Uri address)
    {
        _process = process;
        Client = new AnvilClient(address);
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    public AnvilClient Client { get; }

    /// <summary>Starts anvil and waits until it answers.</summary>
    public static async Task<AnvilProcess> StartAsync(string path, CancellationToken cancellationToken)
    {
        int port = FreePort();
        ProcessStartInfo start = new(path) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture),
            "--hardfork", "cancun", "--no-mining", "--quiet", "--accounts", "1",
            "--gas-limit", GasLimit.ToString(CultureInfo.InvariantCulture), "--disable-code-size-limit",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        AnvilProcess anvil = new(Launch(start), new Uri($"http://127.0.0.1:{port}/"));
        try
        {
            await anvil.WaitUntilReadyAsync(cancellationToken);
            return anvil;
        }
        catch
        {
            await anvil.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        Client.Dispose();
        Kill(null, EventArgs.Empty);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Launch(ProcessStartInfo start)
    {
        Process process = new() { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            process.Dispose();
            throw new BenchmarkException($"{start.FileName} cannot be started: {exception.Message}.");
        }

        // Nobody reads what anvil says, but a full pipe would stop it.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>npm's anvil is a script that starts the real one: both go.</summary>
    private void Kill(object? sender, EventArgs arguments)
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (_process.HasExited)
            {
                throw new BenchmarkException($"anvil ended at once with code {_process.ExitCode}.");
            }

            try
            {
                await Client.CallAsync("web3_clientVersion", [], cancellationToken);
                return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(started) < StartTimeout)
            {
                await Task.Delay(StartPoll, cancellationToken);
            }
            catch (HttpRequestException exception)
            {
                throw new BenchmarkException($"anvil does not answer: {exception.Message}.");
            }
        }
    }
}

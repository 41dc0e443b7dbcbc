using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>A running anvil, which executes with revm: hardfork cancun, mining on demand, base fee zero.</summary>
internal sealed class AnvilNode : IDisposable
{
    private const string Variable = "ENERGYCHAIN_ANVIL";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly HttpClient _http;

    private AnvilNode(Process process, HttpClient http)
    {
        _process = process;
        _http = http;
    }

    /// <summary>
    /// Starts one on a free loopback port. The running test is skipped where there is no anvil: it is named by
    /// ENERGYCHAIN_ANVIL, is on the PATH, or npm put it below <c>benchmarks/anvil</c>.
    /// </summary>
    public static async Task<AnvilNode> StartAsync()
    {
        string program = Find();
        int port = FreePort();
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        string arguments = $"--hardfork cancun --host 127.0.0.1 --port {port} --no-mining --accounts 0 --order fifo "
            + "--gas-price 0 --block-base-fee-per-gas 0 --gas-limit 1000000000000 --auto-impersonate "
            + "--disable-default-create2-deployer --disable-min-priority-fee --disable-pool-balance-checks "
            + "--no-request-size-limit --memory-limit 4294967296";
        foreach (string argument in arguments.Split(' '))
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = AnswerLimit };
        AnvilNode node = new(process, http);
        try
        {
            await node.ListensAsync();
            await node.CallAsync("anvil_setLoggingEnabled", false);
        }
        catch
        {
            node.Dispose();
            throw;
        }

        return node;
    }

    /// <summary>One call's result. Throws when anvil answers with an error.</summary>
    public async Task<JsonElement> CallAsync(string method, params object[] parameters) =>
        (await BatchAsync([(method, parameters)]))[0];

    /// <summary>The results of independent calls, in their order.</summary>
    public async Task<JsonElement[]> BatchAsync(IReadOnlyList<(string Method, object[] Parameters)> calls)
    {
        object[] requests =
        [
            .. calls.Select(static (call, id) =>
                new { jsonrpc = "2.0", id, method = call.Method, @params = call.Parameters }),
        ];
        using HttpResponseMessage response = await _http.PostAsJsonAsync(string.Empty, requests);
        JsonElement answers = await response.Content.ReadFromJsonAsync<JsonElement>();
        JsonElement[] results = new JsonElement[calls.Count];
        foreach (JsonElement answer in answers.EnumerateArray())
        {
            int id = answer.GetProperty("id").GetInt32();
            results[id] = answer.TryGetProperty("result", out JsonElement result)
                ? result
                : throw new InvalidOperationException($"{calls[id].Method}: {answer}");
        }

        return results;
    }

    public void Dispose()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string Find()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        string? found = named ?? (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Select(static folder => Path.Combine(folder, "anvil"))
            .Append(Path.Combine(SharedData.RepositoryRoot, "benchmarks", "anvil", "node_modules", ".bin", "anvil"))
            .FirstOrDefault(File.Exists);
        if (found is null)
        {
            Assert.Ignore($"no anvil: run npm install in benchmarks/anvil, or name it in {Variable}.");
        }

        return found!;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until it says so.</summary>
    private async Task ListensAsync()
    {
        TaskCompletionSource listens = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                listens.TrySetException(new InvalidOperationException("anvil ended before it listened"));
            }
            else if (line.Data.StartsWith("Listening on", StringComparison.Ordinal))
            {
                listens.TrySetResult();
            }
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await listens.Task.WaitAsync(StartLimit);
    }
}

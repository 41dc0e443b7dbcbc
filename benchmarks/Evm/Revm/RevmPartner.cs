using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;

namespace EnergyChain.Benchmarks.Evm.Revm;

/// <summary>
/// The other side: revm, driven through anvil's eth_call. What a call costs beyond the EVM (HTTP, JSON, anvil's own
/// work) is measured by a call with the same data to an account without code and taken off.
/// </summary>
internal sealed class RevmPartner : IAsyncDisposable
{
    // Enough for the connection, anvil's caches and the branch predictors.
    private const int WarmUpCalls = 3;

    private static readonly string Nobody = Address.FromNumber(0x0D0D0D0D).ToString();

    private readonly AnvilProcess _anvil;
    private byte[] _call = [];
    private byte[] _emptyCall = [];

    private RevmPartner(AnvilProcess anvil, string version)
    {
        _anvil = anvil;
        Version = version;
    }

    /// <summary>As anvil names itself.</summary>
    public string Version { get; }

    public static async Task<RevmPartner> StartAsync(string path, CancellationToken cancellationToken)
    {
        AnvilProcess anvil = await AnvilProcess.StartAsync(path, cancellationToken);
        try
        {
            JsonElement version = await anvil.Client.CallAsync("web3_clientVersion", [], cancellationToken);
            return new RevmPartner(anvil, version.GetString() ?? "anvil");
        }
        catch
        {
            await anvil.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _anvil.DisposeAsync();

    /// <summary>Deploys the program, warms up, compares result and gas; null where both are as they must be.</summary>
    public async Task<string?> PrepareAsync(BytecodeProgram program, CancellationToken cancellationToken)
    {
        AnvilClient client = _anvil.Client;
        string address = program.Address.ToString();
        await client.CallAsync("anvil_setCode", [address, Hex.Encode(program.Code)], cancellationToken);
        await client.CallAsync("anvil_setNonce", [address, "0x1"], cancellationToken);
        _call = AnvilClient.Request("eth_call", Message(address, program), "latest");
        _emptyCall = AnvilClient.Request("eth_call", Message(Nobody, program), "latest");
        string? mistake = null;
        for (int call = 0; call < WarmUpCalls; call++)
        {
            mistake ??= FindMistake(await client.SendAsync(_call, cancellationToken), program.Returns);
            mistake ??= FindMistake(await client.SendAsync(_emptyCall, cancellationToken), []);
        }

        return mistake ?? await CompareGasAsync(address, program, cancellationToken);
    }

    /// <summary>One round: the call and the empty call in turn until the call has run for long enough.</summary>
    public async Task<RevmSample> MeasureAsync(
        BytecodeProgram program, TimeSpan least, CancellationToken cancellationToken)
    {
        double call = 0;
        double empty = 0;
        string? mistake = null;
        int calls = 0;
        while (call < least.TotalNanoseconds)
        {
            (double nanoseconds, byte[] answer) = await TimeAsync(_emptyCall, cancellationToken);
            empty += nanoseconds;
            mistake ??= FindMistake(answer, []);
            (nanoseconds, answer) = await TimeAsync(_call, cancellationToken);
            call += nanoseconds;
            mistake ??= FindMistake(answer, program.Returns);
            calls++;
        }

        return new RevmSample(call / calls, empty / calls, mistake);
    }

    private static object Message(string to, BytecodeProgram program) => new
    {
        to,
        data = Hex.Encode(program.CallData),
        gas = "0x" + AnvilProcess.GasLimit.ToString("x", CultureInfo.InvariantCulture),
    };

    private static string? FindMistake(byte[] answer, byte[] expected)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        string? returned = document.RootElement.TryGetProperty("result", out JsonElement result)
            ? result.GetString()
            : document.RootElement.ToString();
        return returned == Hex.Encode(expected) ? null : $"revm returned {returned}, not {Hex.Encode(expected)}";
    }

    private async Task<(double Nanoseconds, byte[] Answer)> TimeAsync(
        byte[] request, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        byte[] answer = await _anvil.Client.SendAsync(request, cancellationToken);
        return (Stopwatch.GetElapsedTime(start).TotalNanoseconds, answer);
    }

    private async Task<string?> CompareGasAsync(
        string address, BytecodeProgram program, CancellationToken cancellationToken)
    {
        object tracer = new { tracer = "callTracer", tracerConfig = new { onlyTopCall = true } };
        JsonElement trace = await _anvil.Client.CallAsync(
            "debug_traceCall", [Message(address, program), "latest", tracer], cancellationToken);
        string used = trace.GetProperty("gasUsed").GetString() ?? "";
        ulong gas = Convert.ToUInt64(used, 16) - IntrinsicGas.Of(program.CallData, isCreate: false);
        return gas == program.Gas ? null : $"revm used {gas} gas, not {program.Gas}";
    }
}

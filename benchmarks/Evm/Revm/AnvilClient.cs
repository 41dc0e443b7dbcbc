using System.Net.Http.Headers;
using System.Text.Json;

namespace EnergyChain.Benchmarks.Evm.Revm;

/// <summary>JSON-RPC over one kept connection; one request at a time.</summary>
internal sealed class AnvilClient(Uri address) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

    public void Dispose() => _http.Dispose();

    /// <summary>A request that can be sent again and again without being serialised again.</summary>
    public static byte[] Request(string method, params object[] parameters) =>
        JsonSerializer.SerializeToUtf8Bytes(new { jsonrpc = "2.0", id = 1, method, @params = parameters });

    /// <summary>The bytes of the answer, not looked at yet.</summary>
    public async Task<byte[]> SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        using ByteArrayContent content = new(request);
        content.Headers.ContentType = Json;
        using HttpResponseMessage response = await _http.PostAsync((Uri?)null, content, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Throws <see cref="BenchmarkException"/> where anvil answers with an error.</summary>
    public async Task<JsonElement> CallAsync(
        string method, object[] parameters, CancellationToken cancellationToken)
    {
        byte[] answer = await SendAsync(Request(method, parameters), cancellationToken);
        using JsonDocument document = JsonDocument.Parse(answer);
        return document.RootElement.TryGetProperty("result", out JsonElement result)
            ? result.Clone()
            : throw new BenchmarkException($"anvil refused {method}: {document.RootElement}.");
    }
}

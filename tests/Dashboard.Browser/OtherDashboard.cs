namespace EnergyChain.Dashboard.Browser;

/// <summary>A dashboard of a test's own, beside the one of the devnet.</summary>
internal sealed class OtherDashboard : IAsyncDisposable
{
    private static int _started;

    private readonly ProgramProcess _process;

    private OtherDashboard(ProgramProcess process, Uri address, string data)
    {
        _process = process;
        Address = address;
        Data = data;
    }

    public Uri Address { get; }

    /// <summary>Its data directory.</summary>
    public string Data { get; }

    /// <param name="devnet">Whose node it talks to.</param>
    /// <param name="node">API of that node.</param>
    /// <param name="member">Name of a user who may read, with the devnet's password; null for none.</param>
    /// <param name="options">More of its options.</param>
    public static async Task<OtherDashboard> StartAsync(
        Devnet devnet, Uri node, string? member = null, params string[] options)
    {
        int number = Interlocked.Increment(ref _started);
        string data = Path.Combine(devnet.Folder, $"dashboard-{number}");
        if (member is not null)
        {
            await using ProgramProcess set = ProgramProcess.Start(
                "Dashboard", "energychain-dashboard", "set-password", "--user", member, "--role", "member",
                "--data-dir", data);
            await set.AnswerAsync(Devnet.Password);
        }

        Uri address = new($"http://127.0.0.1:{devnet.SparePort + (number % 8)}");
        string[] arguments =
        [
            "--node", node.ToString(), "--listen", address.GetLeftPart(UriPartial.Authority), "--data-dir", data,
            "--stop-with-input", .. options,
        ];
        ProgramProcess process = ProgramProcess.Start("Dashboard", "energychain-dashboard", arguments);
        try
        {
            await process.SaysAsync("Dashboard:");
            return new OtherDashboard(process, address, data);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}

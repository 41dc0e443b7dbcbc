using System.CommandLine;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Commands;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Index;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyChain.Node.Tests.Index;

/// <summary>The command over the data directory of a whole node.</summary>
public sealed class IndexCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private string _folder = "";

    private string ConfigPath => Path.Combine(_folder, "node.json");

    private string IndexPath => Path.Combine(_folder, "data", "index");

    [SetUp]
    public void MakeNode()
    {
        _folder = Directory.CreateTempSubdirectory("energychain-index").FullName;
        GenesisPlan plan = GenesisPlan.Development(1, MarketTiming.For(2));
        Genesis genesis = (plan with { Parameters = plan.Parameters with { BlockIntervalMs = 100 } }).Build();
        File.WriteAllBytes(Path.Combine(_folder, "genesis.json"), GenesisFile.Write(genesis));
        using SigningKey key = DevelopmentKeys.Validator(1);
        KeyFile.Write(Path.Combine(_folder, "node.key"), key);
        File.WriteAllText(ConfigPath, NodeOptionsFile.ToText(Options()));
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Rebuild_runs_offline_and_the_node_goes_on_with_what_it_made()
    {
        await using (NodeHost host = await StartAsync())
        {
            await IndexedAsync(host, 5);
            (int used, _, string error) = await RunAsync("index", "rebuild", "--config", ConfigPath);
            Assert.That(used, Is.EqualTo(ExitCode.InUse), error);
        }

        (int code, string output, string problems) = await RunAsync("index", "rebuild", "--config", ConfigPath);
        Assert.That(code, Is.EqualTo(ExitCode.Success), problems);
        Assert.That(output, Does.Contain("The history index holds blocks 1 to "));
        Assert.That(Directory.GetFiles(IndexPath, "*.db"), Has.Length.EqualTo(1));

        (code, output, _) = await RunAsync("index", "rebuild", "--config", ConfigPath, "--json");
        Assert.That(code, Is.EqualTo(ExitCode.Success));
        Assert.That(output, Does.Contain("\"firstHeight\": 1,"));

        await using NodeHost again = await StartAsync();
        HistoryIndex index = await IndexedAsync(again, 6);
        Assert.That(index.FirstHeight, Is.EqualTo(new Height(1)));
    }

    [Test]
    public async Task Rebuild_that_is_interrupted_says_so_and_ends_with_130()
    {
        await using (NodeHost host = await StartAsync())
        {
            await IndexedAsync(host, 2);
        }

        using StringWriter output = new();
        using StringWriter error = new();
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        int code = await new RootCommand { IndexCommand.Create() }
            .Parse(["index", "rebuild", "--config", ConfigPath])
            .InvokeAsync(
                new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false },
                stop.Token);
        Assert.That(code, Is.EqualTo(ExitCode.Interrupted));
        Assert.That(error.ToString(), Does.Contain("Interrupted"));
        Assert.That(output.ToString(), Is.Empty);
    }

    [Test]
    public async Task Rebuild_without_data_is_one_sentence()
    {
        (int code, _, string error) = await RunAsync("index", "rebuild", "--config", ConfigPath);
        Assert.That(code, Is.EqualTo(ExitCode.WrongOption));
        Assert.That(error, Does.StartWith("dataDirectory is 'data'"));
        Assert.That(Directory.Exists(Path.Combine(_folder, "data")), Is.False);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await NodeCommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private static async Task<HistoryIndex> IndexedAsync(NodeHost host, ulong height)
    {
        HistoryIndex index = host.Services.GetRequiredService<HistoryIndex>();
        using CancellationTokenSource patience = new(Patience);
        while (index.IndexedHeight.Value < height)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return index;
    }

    private Task<NodeHost> StartAsync()
    {
        NodeOptions options = Options();
        options.BaseDirectory = _folder;
        return NodeHost.StartAsync(options, null, CancellationToken.None);
    }

    private static NodeOptions Options() => new()
    {
        Name = "lone",
        Role = NodeRole.Consensus,
        PeerListen = "127.0.0.1:0",
        ApiListen = "127.0.0.1:0",
        Index = true,
        LogLevel = "None",
    };
}

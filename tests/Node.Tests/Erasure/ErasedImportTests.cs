using System.Text;
using System.Text.Json;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Commands;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Tests.Execution;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Erasure;

/// <summary>A chain file from before a decision, or of a node that stopped before it had destroyed a memo.</summary>
public sealed class ErasedImportTests
{
    private static readonly byte[] Memo = Encoding.UTF8.GetBytes("a memo that was erased when the file was long made");

    private string _folder = "";

    [SetUp]
    public void Make()
    {
        _folder = Directory.CreateTempSubdirectory("energychain-import-").FullName;
        File.WriteAllBytes(Path.Combine(_folder, "genesis.json"), GenesisFile.Write(GovernedChain.Genesis));
        KeyFile.Write(Path.Combine(_folder, "node.key"), TestKeys.Of(1));
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Import_leaves_no_memo_that_a_later_block_of_the_file_erases()
    {
        using GovernedChain governed = new(new ChainOptions { CheckpointBlocks = 5 });
        governed.Open();
        Transaction carrier = governed.Send(
            3, CouncilContract.ProposeAdd(GovernedChain.Keys[4].PublicKey, 1_000), memo: Memo);
        governed.Commit(carrier);
        governed.Erase(carrier.Id);
        governed.Commit();
        governed.Close();
        string chain = Path.Combine(_folder, "chain");
        string fresh = Path.Combine(_folder, "fresh");
        await RunAsync("export", "--config", Configure("node.json", governed.Root), "--out", chain);
        Assert.That(FolderScan.FilesWith(_folder, Memo), Is.EqualTo(new[] { chain }), "or there is nothing to import");

        await RunAsync("import", "--config", Configure("fresh.json", fresh), "--in", chain);
        Assert.That(FolderScan.FilesWith(fresh, Memo), Is.Empty);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await NodeCommandLine.RunAsync(arguments, output, error);
        Assert.That(code, Is.Zero, output.ToString() + error);
    }

    private string Configure(string name, string data)
    {
        string path = Path.Combine(_folder, name);
        var options = new
        {
            dataDirectory = data,
            genesis = Path.Combine(_folder, "genesis.json"),
            nodeKey = Path.Combine(_folder, "node.key"),
        };
        File.WriteAllText(path, JsonSerializer.Serialize(options));
        return path;
    }
}

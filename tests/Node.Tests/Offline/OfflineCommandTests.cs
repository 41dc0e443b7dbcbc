using System.Text.Json;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Commands;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Offline;

/// <summary>The commands on a stopped node: exit codes, one sentence each, and nothing changed by a mistake.</summary>
[TestFixture]
internal sealed class OfflineCommandTests
{
    private OfflineChain _chain = null!;
    private string _folder = "";

    [SetUp]
    public void Make()
    {
        _chain = new OfflineChain(14);
        _folder = Directory.CreateTempSubdirectory("energychain-offline-").FullName;
        File.WriteAllBytes(Path.Combine(_folder, "genesis.json"), GenesisFile.Write(OfflineChain.Genesis));
        KeyFile.Write(At("node.key"), TestKeys.Of(1));
        Configure("node.json", _chain.Root);
        Configure("fresh.json", Path.Combine(_folder, "fresh"));
    }

    [TearDown]
    public void Remove()
    {
        Directory.Delete(_folder, recursive: true);
        _chain.Dispose();
    }

    [Test]
    public async Task Chain_goes_from_one_node_to_another_and_verifies_there()
    {
        (int code, string output, _) = await RunAsync("verify", "--config", At("node.json"));
        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("Blocks 1 to 14 are sound: 24 transactions, 14 blocks executed"));

        (code, output, _) = await RunAsync("export", "--config", At("node.json"), "--out", At("chain"));
        Assert.That((code, output), Is.EqualTo(
            (0, $"Blocks 1 to 14 are in {At("chain")}, {new FileInfo(At("chain")).Length:N0} bytes.\n")));

        (code, output, _) = await RunAsync("import", "--config", At("fresh.json"), "--in", At("chain"));
        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("14 blocks imported; the node is at height 14, block "
            + _chain.Head.Hash.ToString()));

        (code, output, _) = await RunAsync("verify", "--config", At("fresh.json"), "--json");
        Assert.That(code, Is.Zero);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.That(report.GetProperty("sound").GetBoolean());
        Assert.That(report.GetProperty("headHash").GetString(), Is.EqualTo(_chain.Head.Hash.ToString()));
        Assert.That(report.GetProperty("stateRoot").GetString(), Is.EqualTo(_chain.Head.StateRoot.ToString()));
    }

    [Test]
    public async Task Snapshot_goes_from_one_node_to_another()
    {
        (int code, string output, _) = await RunAsync("snapshot", "--config", At("node.json"), "--list");
        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("10  proven"));

        (code, _, _) = await RunAsync("snapshot", "--config", At("node.json"), "--out", At("state"));
        Assert.That(code, Is.Zero);
        (code, output, string error) = await RunAsync("import", "--config", At("fresh.json"), "--in", At("state"));
        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.StartWith("The node begins with the snapshot: height 11"));
        (code, _, _) = await RunAsync("verify", "--config", At("fresh.json"));
        Assert.That(code, Is.Zero);
    }

    [Test]
    public async Task Wrong_block_is_told_with_exit_code_one()
    {
        _chain.Plant(9, _chain.BlockAt(8));

        (int code, string output, _) = await RunAsync("verify", "--config", At("node.json"), "--json");

        Assert.That(code, Is.EqualTo(ExitCode.Failure));
        JsonElement fault = JsonDocument.Parse(output).RootElement.GetProperty("fault");
        Assert.That(fault.GetProperty("height").GetInt32(), Is.EqualTo(9));
        Assert.That(fault.GetProperty("kind").GetString(), Is.EqualTo("height"));
    }

    [TestCase("verify")]
    [TestCase("export --out {out}")]
    [TestCase("import --in {in}")]
    [TestCase("snapshot --list")]
    [TestCase("prune --keep 1 --yes")]
    public async Task Node_that_runs_is_left_alone(string command)
    {
        await RunAsync("export", "--config", At("node.json"), "--out", At("in"));
        using DataDirectory held = _chain.Hold();

        (int code, _, string error) = await RunAsync(
            [.. Words(command, ("{out}", At("out")), ("{in}", At("in"))), "--config", At("node.json")]);

        Assert.That(code, Is.EqualTo(ExitCode.InUse));
        Assert.That(error, Does.Contain("is in use by another process"));
    }

    [TestCase("export --out {there}", "exists already")]
    [TestCase("export --out {nowhere}", "--out is")]
    [TestCase("export --out {new} --from 15", "--from is '15'; allowed is 1 to 14")]
    [TestCase("export --out {new} --to 15", "--to is '15'")]
    [TestCase("verify --from 0", "--from is '0'")]
    [TestCase("import --in {nowhere}", "--in is")]
    [TestCase("prune --keep 0", "--keep is '0'")]
    [TestCase("snapshot", "needs one of")]
    [TestCase("snapshot --out {there}", "exists already")]
    public async Task Mistake_is_one_sentence_and_changes_nothing(string command, string sentence)
    {
        await File.WriteAllTextAsync(At("there"), "precious");
        string[] before = Everything();

        (int code, string output, string error) = await RunAsync(
        [
            .. Words(command, ("{there}", At("there")), ("{new}", At("new")), ("{nowhere}", At("no/where"))),
            "--config",
            At("node.json"),
        ]);

        Assert.That(code, Is.EqualTo(ExitCode.WrongOption), output + error);
        Assert.That(error, Does.Contain(sentence));
        Assert.That(error.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(Everything(), Is.EqualTo(before));
        Assert.That(await File.ReadAllTextAsync(At("there")), Is.EqualTo("precious"));
    }

    [TestCase("verify")]
    [TestCase("export --out {out}")]
    [TestCase("snapshot --list")]
    [TestCase("prune --keep 5")]
    public async Task Folder_without_a_chain_is_refused_and_not_made(string command)
    {
        (int code, _, string error) = await RunAsync(
            [.. Words(command, ("{out}", At("out"))), "--config", At("fresh.json")]);

        Assert.That(code, Is.EqualTo(ExitCode.WrongOption));
        Assert.That(error, Does.Contain("holds no chain"));
        Assert.That(At("fresh"), Does.Not.Exist);
    }

    [Test]
    public async Task File_that_is_damaged_makes_no_data_directory()
    {
        await File.WriteAllTextAsync(At("rubbish"), "this is no chain file at all, whatever it is called by its owner");

        (int code, _, string error) = await RunAsync("import", "--config", At("fresh.json"), "--in", At("rubbish"));

        Assert.That(code, Is.EqualTo(ExitCode.Failure));
        Assert.That(error, Does.Contain("is no file that export or snapshot wrote"));
        Assert.That(At("fresh"), Does.Not.Exist);
    }

    [Test]
    public async Task Prune_with_too_few_blocks_says_that_nothing_goes()
    {
        (int code, string output, _) = await RunAsync("prune", "--config", At("node.json"), "--keep", "1", "--yes");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("Nothing to remove"));
    }

    private static string[] Words(string command, params (string Name, string Value)[] values) =>
    [
        .. command.Split(' ').Select(word =>
            values.Where(each => each.Name == word).Select(static each => each.Value).FirstOrDefault(word)),
    ];

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await NodeCommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private void Configure(string name, string data)
    {
        var options = new { dataDirectory = data, genesis = At("genesis.json"), nodeKey = At("node.key") };
        File.WriteAllText(At(name), JsonSerializer.Serialize(options));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string[] Everything() =>
    [
        .. Directory.GetFiles(_chain.Root, "*", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
            .Where(static path => Path.GetFileName(path) != "lock")
            .Order()
            .Select(static path => path + Convert.ToHexString(
                System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))),
    ];
}

using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Commands;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Tests.Hosting;

[TestFixture]
internal sealed class TestnetTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("energychain-testnet").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Testnet_writes_configs_that_nodes_accept()
    {
        string root = Path.Combine(_folder, "net");
        StringWriter output = new();
        int code = await NodeCommandLine.RunAsync(
            ["testnet", "--validators", "4", "--relays", "2", "--out", root, "--hosts", "a.example,b.example,c.example,"
                + "d.example,e.example,f.example", "--chain-id", "99"],
            output,
            TextWriter.Null);
        Assert.That(code, Is.Zero);
        Assert.That(output.ToString(), Does.Contain("run --config node.json"));
        Genesis genesis = GenesisLoader.Load(Path.Combine(root, "genesis.json"));
        Assert.That(genesis.ChainId.Value, Is.EqualTo(99));
        Assert.That(genesis.Council.Count, Is.EqualTo(4));
        for (int number = 1; number <= 4; number++)
        {
            NodeOptions node = NodeOptionsFile.Load(Path.Combine(root, $"validator-{number}", "node.json"));
            using SigningKey key = KeyFile.Load(node.Resolve(node.NodeKey), "nodeKey");
            Assert.That(genesis.Council.IndexOf(key.PublicKey), Is.EqualTo(number - 1));
            Assert.That(node.Role, Is.EqualTo(NodeRole.Consensus));
            Assert.That(node.Peers, Has.Count.EqualTo(3).And.None.Contain((char)('a' + number - 1) + ".example"));
        }

        NodeOptions named = NodeOptionsFile.Load(Path.Combine(root, "validator-1", "node.json"));
        IReadOnlySet<PublicKey> allowed = AllowedPeerKeys.Of(named)!;
        for (int number = 1; number <= 2; number++)
        {
            using SigningKey key = KeyFile.Load(Path.Combine(root, $"relay-{number}", "node.key"), "nodeKey");
            Assert.That(allowed, Does.Contain(key.PublicKey), "a validator names the relays");
        }

        NodeOptions relay = NodeOptionsFile.Load(Path.Combine(root, "relay-2", "node.json"));
        Assert.That(relay.Role, Is.EqualTo(NodeRole.Relay));
        Assert.That(AllowedPeerKeys.Of(relay), Is.Null, "a relay takes anyone");
        Assert.That(relay.PeerListen, Is.EqualTo("0.0.0.0:30300"), "each host has the same ports");
    }

    [Test]
    public void Nodes_on_one_host_have_ports_of_their_own()
    {
        TestnetOptions options = new() { Validators = 3, Relays = 1, Out = Path.Combine(_folder, "local") };
        IReadOnlyList<string> folders = new TestnetWriter(options, TimeProvider.System).Write();
        IEnumerable<string> addresses = folders
            .Select(folder => NodeOptionsFile.Load(Path.Combine(folder, "node.json")))
            .SelectMany(node => new[] { node.PeerListen, node.ApiListen });
        Assert.That(addresses.Distinct().Count(), Is.EqualTo(8));
    }

    [Test]
    public async Task Testnet_overwrites_nothing()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "keep"), "me");
        StringWriter error = new();
        int code = await NodeCommandLine.RunAsync(["testnet", "--out", _folder], TextWriter.Null, error);
        Assert.That(code, Is.EqualTo(ExitCode.WrongOption));
        Assert.That(error.ToString(), Does.Contain("--out"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Has.Length.EqualTo(1));
    }

    [TestCase("--validators", "101", "--validators is '101'; allowed is 1 to 100")]
    [TestCase("--hosts", "a,b", "--hosts is 'a,b'; allowed is one host, or one for each of the 6 nodes")]
    [TestCase("--slot-seconds", "1", "--slot-seconds is '1'")]
    public async Task Wrong_option_is_named(string option, string value, string sentence)
    {
        StringWriter error = new();
        int code = await NodeCommandLine.RunAsync(
            ["testnet", "--out", Path.Combine(_folder, "x"), option, value], TextWriter.Null, error);
        Assert.That(code, Is.EqualTo(ExitCode.WrongOption));
        Assert.That(error.ToString(), Does.Contain(sentence));
    }

    [Test]
    public void Top_level_genesis_is_what_the_genesis_command_writes()
    {
        byte[] built = GenesisFile.Write(GenesisPlan.Development(4, MarketTiming.For(2)).Build());
        byte[] committed = File.ReadAllBytes(Path.Combine(SharedData.RepositoryRoot, "genesis.json"));
        Assert.That(committed, Is.EqualTo(built), "run: dotnet run --project Node -- genesis --out genesis.json");
    }

    [Test]
    public void Genesis_whose_council_contract_has_other_members_or_parameters_is_refused()
    {
        Genesis genesis = GenesisPlan.Development(4, MarketTiming.For(2)).Build();
        string path = Path.Combine(_folder, "genesis.json");
        File.WriteAllBytes(path, GenesisFile.Write(genesis));
        Assert.That(GenesisLoader.Load(path).Hash, Is.EqualTo(genesis.Hash));
        Genesis[] edited =
        [
            genesis with { Council = new Council(genesis.Council.Members.Take(3)) },
            genesis with { Council = new Council(genesis.Council.Members.Reverse()) },
            genesis with { Parameters = genesis.Parameters with { EpochBlocks = 50 } },
        ];
        foreach (Genesis wrong in edited)
        {
            File.WriteAllBytes(path, GenesisFile.Write(wrong));
            OperatorException? error = Assert.Throws<OperatorException>(() => GenesisLoader.Load(path));
            Assert.That(error!.Message, Does.Contain("first epoch would change"));
        }
    }

    [Test]
    public void Broken_genesis_names_the_place()
    {
        string path = Path.Combine(_folder, "genesis.json");
        File.WriteAllText(path, """{ "time": "never" }""");
        OperatorException? error = Assert.Throws<OperatorException>(() => GenesisLoader.Load(path));
        Assert.That(error!.Message, Does.Contain("$.").And.Contain("genesis"));
    }
}

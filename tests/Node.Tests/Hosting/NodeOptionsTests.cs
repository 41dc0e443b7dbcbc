using EnergyChain.Core.Crypto;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Tests.Hosting;

[TestFixture]
internal sealed class NodeOptionsTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("energychain-options").FullName;
        File.WriteAllText(Path.Combine(_folder, "genesis.json"), "{}");
        using SigningKey key = KeyFile.Create();
        KeyFile.Write(Path.Combine(_folder, "node.key"), key);
        KeyFile.Write(Path.Combine(_folder, "account.key"), key);
        KeyFile.Write(Path.Combine(_folder, "device.key"), key);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Minimal_config_has_defaults()
    {
        NodeOptions options = Load("""{ "name": "n1" }""");
        Assert.That(options.Role, Is.EqualTo(NodeRole.Relay));
        Assert.That(options.KeepsIndex, Is.True);
        Assert.That(options.Resolve("data"), Is.EqualTo(Path.Combine(_folder, "data")));
    }

    [TestCase("""{ "role": "consensus" }""", false)]
    [TestCase("""{ "role": "consensus", "index": true }""", true)]
    [TestCase("""{ "role": "relay", "index": false }""", false)]
    public void Index_is_kept_by_role_or_as_the_config_says(string config, bool expected) =>
        Assert.That(Load(config).KeepsIndex, Is.EqualTo(expected));

    [Test]
    public void Written_config_reads_back()
    {
        NodeOptions written = new()
        {
            Name = "home_01",
            Peers = ["127.0.0.1:30300"],
            Site = new SiteOptions { Id = 7, Strategy = "truthful", Modbus = new ModbusOptions { StorageUnit = null } },
        };
        NodeOptions read = Load(NodeOptionsFile.ToText(written));
        Assert.That(read.Site!.Id, Is.EqualTo(7));
        Assert.That(read.Site.Strategy, Is.EqualTo("truthful"));
        Assert.That(read.Peers, Is.EqualTo(written.Peers));
    }

    [TestCase("""{ "nmae": "x" }""", "nmae", TestName = "Unknown option is named")]
    [TestCase("""{ "role": "miner" }""", "role", TestName = "Unknown role is named")]
    [TestCase("{ \"name\": \n", "line 2", TestName = "Broken JSON names its line")]
    [TestCase("""{ "name": "" }""", "name is ''; allowed is 1 to 64 characters")]
    [TestCase("""{ "peerListen": "here" }""", "peerListen is 'here'; allowed is ip:port")]
    [TestCase("""{ "apiListen": "127.0.0.1:30300" }""", "apiListen is '127.0.0.1:30300'; allowed is another port")]
    [TestCase("""{ "peers": ["nowhere"] }""", "peers is 'nowhere'; allowed is host:port")]
    [TestCase("""{ "genesis": "absent.json" }""", "genesis is 'absent.json'; allowed is an existing file")]
    [TestCase("""{ "traceMemoryMiB": 8 }""", "traceMemoryMiB is '8'; allowed is 64 to 65536")]
    [TestCase("""{ "logLevel": "Loud" }""", "logLevel is 'Loud'; allowed is Trace, Debug")]
    [TestCase("""{ "role": "consensus", "site": {} }""", "only a node of role relay")]
    [TestCase("""{ "site": { "strategy": "greedy" } }""", "site.strategy is 'greedy'; allowed is midpoint, truthful")]
    [TestCase("""{ "site": { "id": 0 } }""", "site.id is '0'")]
    [TestCase("""{ "site": { "modbus": { "port": 70000 } } }""", "site.modbus.port is '70000'; allowed is 1 to 65535")]
    public void Wrong_option_is_named_with_what_is_allowed(string json, string sentence)
    {
        OperatorException? error = Assert.Throws<OperatorException>(() => Load(json));
        Assert.That(error!.Message, Does.Contain(sentence));
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.WrongOption));
    }

    [Test]
    public void Absent_config_says_who_writes_one()
    {
        OperatorException? error = Assert.Throws<OperatorException>(
            () => NodeOptionsFile.Load(Path.Combine(_folder, "absent.json")));
        Assert.That(error!.Message, Does.Contain("testnet"));
    }

    [Test]
    public void Key_file_reads_back_and_is_not_overwritten()
    {
        string path = Path.Combine(_folder, "new.key");
        using SigningKey key = KeyFile.Create();
        KeyFile.Write(path, key);
        using SigningKey read = KeyFile.Load(path, "nodeKey");
        Assert.That(read.Address, Is.EqualTo(key.Address));
        Assert.Throws<IOException>(() => KeyFile.Write(path, key));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public void Broken_key_file_names_the_option()
    {
        string path = Path.Combine(_folder, "bad.key");
        File.WriteAllText(path, "12ab");
        OperatorException? error = Assert.Throws<OperatorException>(() => KeyFile.Load(path, "site.deviceKey"));
        Assert.That(error!.Message, Does.StartWith("site.deviceKey is").And.Contain("64 hex digits"));
    }

    private NodeOptions Load(string json)
    {
        string path = Path.Combine(_folder, "node.json");
        File.WriteAllText(path, json);
        return NodeOptionsFile.Load(path);
    }
}

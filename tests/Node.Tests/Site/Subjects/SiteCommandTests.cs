using System.Text.Json;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Commands;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Erasure;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Site.Subjects;

/// <summary>The commands over the readings of a site, from config file to exit code.</summary>
[TestFixture]
internal sealed class SiteCommandTests
{
    private string _folder = "";
    private Genesis _genesis = null!;

    private string Config => Path.Combine(_folder, "node.json");

    private string Data => Path.Combine(_folder, "data");

    [SetUp]
    public void MakeNode()
    {
        _folder = Directory.CreateTempSubdirectory("energychain-site-").FullName;
        _genesis = GenesisPlan.Development(1, MarketTiming.For(900)).Build();
        File.WriteAllBytes(Path.Combine(_folder, "genesis.json"), GenesisFile.Write(_genesis));
        foreach (string name in new[] { "node", "account", "device" })
        {
            using SigningKey key = KeyFile.Create();
            KeyFile.Write(Path.Combine(_folder, name + ".key"), key);
        }

        Write(new SiteOptions());
        Keep("subject-1", 1_966_556, 1_966_557);
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Forget_destroys_key_and_readings_and_says_what_stays()
    {
        Keep("other", 5);
        byte[] key = File.ReadAllBytes(Path.Combine(Data, "subjects", "subject-1.key"));

        (int code, string output, string error) = await RunAsync("forget", "--yes");

        Assert.That(code, Is.EqualTo(ExitCode.Success), error);
        Assert.That(output, Does.Contain("Subject subject-1: its key and 1 file with").And.Contain("Backups"));
        Assert.That(FolderScan.FilesWith(_folder, key), Is.Empty);
        Assert.That(
            Directory.GetFiles(Path.Combine(Data, "readings")).Select(Path.GetFileName),
            Has.All.StartWith("other."));
        Assert.That(File.Exists(Path.Combine(Data, "subjects", "other.key")));
    }

    [Test]
    public async Task Forget_of_another_subject_in_json_leaves_the_first()
    {
        Keep("other", 5);
        (int code, string output, _) = await RunAsync("forget", "--subject", "other", "--yes", "--json");
        Assert.That(code, Is.EqualTo(ExitCode.Success));
        JsonElement root = JsonDocument.Parse(output).RootElement;
        Assert.That(root.GetProperty("subject").GetString(), Is.EqualTo("other"));
        Assert.That(root.GetProperty("keyDestroyed").GetBoolean());
        Assert.That(root.GetProperty("destroyedFiles").GetInt32(), Is.EqualTo(1));
        Assert.That(root.GetProperty("remains").GetArrayLength(), Is.EqualTo(3));
        Assert.That(File.Exists(Path.Combine(Data, "subjects", "subject-1.key")));
    }

    [Test]
    public async Task Forget_that_nobody_confirmed_and_one_of_nobody_change_nothing()
    {
        (int unasked, _, string unaskedError) = await RunAsync("forget");
        Assert.That((unasked, unaskedError), Is.EqualTo((
            ExitCode.WrongOption, "site forget destroys for good; say --yes where nobody can be asked.\n")));

        (int nobody, _, string nobodyError) = await RunAsync("forget", "--subject", "nobody", "--yes");
        Assert.That((nobody, nobodyError), Is.EqualTo((
            ExitCode.WrongOption,
            "--subject is 'nobody'; allowed is a subject of whom there are readings here: subject-1.\n")));

        (int name, _, string nameError) = await RunAsync("forget", "--subject", "../subject-1", "--yes");
        Assert.That(name, Is.EqualTo(ExitCode.WrongOption));
        Assert.That(nameError, Does.StartWith("--subject is '../subject-1'; allowed is 1 to 64"));

        Assert.That((await RunAsync("forget", "--yes")).Code, Is.EqualTo(ExitCode.Success));
        (int again, _, string againError) = await RunAsync("forget", "--yes");
        Assert.That((again, againError), Is.EqualTo((
            ExitCode.WrongOption, "site.subject is 'subject-1'; allowed is nobody: there are no readings.\n")));
    }

    [Test]
    public async Task Commands_are_refused_while_the_node_runs()
    {
        NodeOptions options = NodeOptionsFile.Load(Config);
        await using (await NodeHost.StartAsync(options, null, CancellationToken.None))
        {
            (int code, _, string error) = await RunAsync("forget", "--yes");
            Assert.That(code, Is.EqualTo(ExitCode.InUse));
            Assert.That(error, Does.Contain("in use").And.Matches(@"^[^\n]*\n$"), "one sentence");
            Assert.That((await RunAsync("export", "--out", Out)).Code, Is.EqualTo(ExitCode.InUse));
        }

        Assert.That((await RunAsync("export", "--out", Out)).Code, Is.EqualTo(ExitCode.Success));
    }

    [Test]
    public async Task Node_seals_what_an_earlier_version_left_before_it_runs()
    {
        File.WriteAllText(
            Path.Combine(Data, "readings", "readings-20250101.jsonl"), ReadingsScene.PlainLine(1_966_550, 1) + "\n");
        await using (await NodeHost.StartAsync(NodeOptionsFile.Load(Config), null, CancellationToken.None))
        {
            Assert.That(FolderScan.FilesWith(Data, ReadingsScene.Mark), Is.Empty);
        }

        Assert.That((await RunAsync("export", "--out", Out)).Output, Does.StartWith("3 readings of subject subject-1"));
    }

    [Test]
    public async Task Export_is_for_the_owner_alone_and_overwrites_nothing()
    {
        (int code, string output, string error) =
            await RunAsync("export", "--out", Out, "--from", "2026-01-31T23:15Z", "--json");
        Assert.That(code, Is.EqualTo(ExitCode.Success), error);
        JsonElement root = JsonDocument.Parse(output).RootElement;
        Assert.That(root.GetProperty("readings").GetInt32(), Is.EqualTo(1));
        Assert.That(File.ReadAllText(Out), Does.Contain("\n1966557,2026-01-31T23:15:00Z,2026-01-31T23:30:00Z,"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(Out), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        (int again, _, string exists) = await RunAsync("export", "--out", Out);
        Assert.That(again, Is.EqualTo(ExitCode.WrongOption));
        Assert.That(exists, Does.Contain("exists already"));
    }

    [Test]
    public async Task Export_with_a_damaged_record_gives_the_others_and_exit_code_1()
    {
        string file = Directory.GetFiles(Path.Combine(Data, "readings")).Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[FileHeader.Size + 70] ^= 1;
        File.WriteAllBytes(file, bytes);
        (int code, string output, _) = await RunAsync("export", "--out", Out);
        Assert.That(code, Is.EqualTo(ExitCode.Failure));
        Assert.That(output, Does.StartWith("1 readings").And.Contain("1 more are damaged"));
    }

    [Test]
    public async Task Export_refuses_a_time_it_does_not_know_and_a_lost_key_and_leaves_no_file()
    {
        (int time, _, string timeError) = await RunAsync("export", "--out", Out, "--from", "yesterday");
        Assert.That(time, Is.EqualTo(ExitCode.WrongOption));
        Assert.That(timeError, Does.StartWith("--from is 'yesterday'; allowed is"));

        File.Delete(Path.Combine(Data, "subjects", "subject-1.key"));
        (int lost, _, string lostError) = await RunAsync("export", "--out", Out);
        Assert.That(lost, Is.EqualTo(ExitCode.Failure));
        Assert.That(lostError, Does.StartWith("The readings of subject subject-1 cannot be read"));
        Assert.That(Directory.GetFiles(_folder, "*.csv*"), Is.Empty);
    }

    [TestCase("Jane Doe", 400, "site.subject")]
    [TestCase("", 400, "site.subject")]
    [TestCase("subject-1", -1, "site.keepReadingsDays")]
    [TestCase("subject-1", 36_501, "site.keepReadingsDays")]
    public async Task Config_with_a_name_or_a_wrong_time_is_refused(string subject, int days, string option)
    {
        Write(new SiteOptions { Subject = subject, KeepReadingsDays = days });
        (int code, _, string error) = await RunAsync("export", "--out", Out);
        Assert.That(code, Is.EqualTo(ExitCode.WrongOption));
        Assert.That(error, Does.StartWith(option + " is '"));
    }

    private string Out => Path.Combine(_folder, "readings.csv");

    private void Write(SiteOptions site) => File.WriteAllText(Config, NodeOptionsFile.ToText(new NodeOptions
    {
        Name = "home",
        Role = NodeRole.Relay,
        PeerListen = "127.0.0.1:0",
        ApiListen = "127.0.0.1:0",
        LogLevel = "None",
        Site = site,
    }));

    private void Keep(string subject, params long[] slots)
    {
        using DataDirectory directory = DataDirectory.Open(Data, _genesis.Hash);
        using ReadingsArchive archive = new(
            directory,
            new SiteOptions { Subject = subject },
            TimeProvider.System,
            NullLogger<ReadingsArchive>.Instance);
        foreach (long slot in slots)
        {
            archive.Keep(ReadingsScene.Reading(slot));
        }
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int code = await NodeCommandLine.RunAsync(
            ["site", arguments[0], "--config", Config, .. arguments[1..]], output, error);
        return (code, output.ToString(), error.ToString());
    }
}

using EnergyChain.Wallet.Cli;

namespace EnergyChain.Wallet.Tests;

public sealed class KeyCommandTests
{
    private WalletRun _run = null!;

    [SetUp]
    public void Start() => _run = new WalletRun(withKey: false);

    [TearDown]
    public void Stop() => _run.Dispose();

    [Test]
    public async Task Create_then_list_shows_the_key()
    {
        Assert.That(await _run.Async("keys", "create", "bob"), Is.EqualTo(ExitCode.Ok));
        Assert.That(await _run.Async("keys", "list"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain("bob").And.Contain("0x"));
    }

    [Test]
    public async Task Create_prints_json_without_the_secret()
    {
        await _run.Async("keys", "create", "bob", "--json");
        Assert.That(
            _run.Json.EnumerateObject().Select(property => property.Name),
            Is.EqualTo(new[] { "name", "address", "public_key", "path" }));
    }

    [Test]
    public async Task Import_then_export_gives_the_same_secret()
    {
        const string seed = "0x9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        string file = Path.Combine(_run.Home, "seed");
        await File.WriteAllTextAsync(file, seed + "\n");
        Assert.That(await _run.Async("keys", "import", "rfc", "--seed-file", file, "--json"), Is.EqualTo(ExitCode.Ok));

        using WalletRun second = new(withKey: false);
        second.Set(GlobalOptions.KeystoreVariable, Path.Combine(_run.Home, ".energychain", "keys"));
        Assert.That(await second.Async("keys", "export", "rfc", "--json", "--yes"), Is.EqualTo(ExitCode.Ok));
        Assert.That(second.Json.GetProperty("seed").GetString(), Is.EqualTo(seed));
    }

    [Test]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win")]
    public async Task Key_file_of_a_node_becomes_a_members_key_and_a_readable_one_is_warned_of()
    {
        string file = Path.Combine(_run.Home, "node.key");
        await File.WriteAllTextAsync(file, "0x" + new string('7', 64) + Environment.NewLine);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.That(
            await _run.Async("keys", "import", "validator", "--seed-file", file), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Errors.Output, Does.Contain("warning").And.Contain("chmod 600"));
        Assert.That(_run.Output.Output, Does.Contain("public key"));

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using WalletRun second = new(withKey: false);
        await second.Async("keys", "import", "validator", "--seed-file", file);
        Assert.That(second.Errors.Output, Is.Empty);
    }

    [Test]
    public async Task Export_without_consent_shows_nothing()
    {
        await _run.Async("keys", "create", "bob");
        using WalletRun second = new(withKey: false);
        second.Set(GlobalOptions.KeystoreVariable, Path.Combine(_run.Home, ".energychain", "keys"));
        Assert.That(await second.Async("keys", "export", "bob"), Is.EqualTo(ExitCode.Usage));
        Assert.That(second.Output.Output, Is.Empty);
    }

    [Test]
    public async Task Password_is_changed_from_files()
    {
        await _run.Async("keys", "create", "bob");
        string file = Path.Combine(_run.Home, "new");
        await File.WriteAllTextAsync(file, "other");
        Assert.That(
            await _run.Async("keys", "password", "bob", "--new-password-file", file), Is.EqualTo(ExitCode.Ok));
        Assert.That(await _run.Async("keys", "export", "bob", "--yes"), Is.EqualTo(ExitCode.Key));
        Assert.That(
            await _run.Async("keys", "export", "bob", "--yes", "--password-file", file), Is.EqualTo(ExitCode.Ok));
    }

    [Test]
    public async Task Create_asks_for_the_password_twice_and_refuses_different_ones()
    {
        _run.Unset(GlobalOptions.PasswordVariable);
        _run.IsInteractive = true;
        _run.Errors.Input.PushTextWithEnter("one");
        _run.Errors.Input.PushTextWithEnter("two");
        Assert.That(await _run.Async("keys", "create", "bob"), Is.EqualTo(ExitCode.Key));
        Assert.That(_run.Errors.Output, Does.Contain("differ").And.Not.Contain("one"));
    }

    [Test]
    public async Task Create_without_anybody_to_ask_says_how_to_give_the_password()
    {
        _run.Unset(GlobalOptions.PasswordVariable);
        Assert.That(await _run.Async("keys", "create", "bob"), Is.EqualTo(ExitCode.Key));
        Assert.That(_run.Errors.Output, Does.Contain("--password-file"));
    }

    [TestCase("keys", "create", "Bad Name")]
    [TestCase("keys", "export", "nobody", "--yes")]
    [TestCase("balance")]
    public async Task A_key_that_is_not_there_or_cannot_be_is_exit_code_4(params string[] arguments)
    {
        Assert.That(await _run.Async(arguments), Is.EqualTo(ExitCode.Key));
        Assert.That(_run.Errors.Output, Does.StartWith("error: "));
    }

    [Test]
    public async Task Names_are_added_used_and_removed()
    {
        const string address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        Assert.That(await _run.Async("names", "add", "carol", address), Is.EqualTo(ExitCode.Ok));
        Assert.That(await _run.Async("balance", "carol"), Is.EqualTo(ExitCode.Ok));
        Assert.That(await _run.Async("names", "remove", "carol"), Is.EqualTo(ExitCode.Ok));
        Assert.That(await _run.Async("balance", "carol"), Is.EqualTo(ExitCode.Usage));
        Assert.That(await _run.Async("names", "remove", "carol"), Is.EqualTo(ExitCode.Refused));
    }
}

using System.Text.Json.Nodes;
using EnergyChain.Client.Keys;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Tests;

public sealed class KeystoreTests
{
    private static readonly KeystoreOptions Cheap = new() { MemoryKiB = 8, Passes = 1 };
    private string _directory = "";
    private Keystore _keystore = null!;

    [SetUp]
    public void MakeDirectory()
    {
        _directory = Directory.CreateTempSubdirectory("keystore").FullName;
        _keystore = new Keystore(_directory, Cheap);
    }

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Create_then_unlock_gives_the_key_of_the_file()
    {
        KeyDescription made = _keystore.Create("alice", "correct horse");
        using SigningKey key = _keystore.Unlock("alice", "correct horse");

        Assert.That(key.PublicKey, Is.EqualTo(made.PublicKey));
        Assert.That(key.Address, Is.EqualTo(made.Address));
        Assert.That(_keystore.List().Keys, Is.EqualTo(new[] { made }));
    }

    [Test]
    public void Import_of_an_rfc_8032_seed_gives_its_public_key()
    {
        Hex.TryDecode("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", 32, out byte[] seed);
        KeyDescription made = _keystore.Import("rfc", seed, "p");

        Assert.That(
            made.PublicKey.ToString(),
            Is.EqualTo("0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
        using SigningKey key = _keystore.Unlock("rfc", "p");
        Assert.That(key.ExportSeed(), Is.EqualTo(seed));
    }

    [Test]
    public void Unlock_with_another_password_is_WrongPassword()
    {
        _keystore.Create("alice", "right");
        Assert.That(ErrorOf(() => _keystore.Unlock("alice", "wrong")), Is.EqualTo(KeystoreError.WrongPassword));
    }

    [TestCase("ciphertext")]
    [TestCase("address")]
    [TestCase("kdf_salt")]
    [TestCase("nonce")]
    [TestCase("public_key")]
    public void Unlock_of_a_file_with_a_changed_field_is_Damaged(string field)
    {
        _keystore.Create("alice", "right");
        Edit("alice", json =>
        {
            string text = json[field]!.GetValue<string>();
            json[field] = text[..^1] + (text[^1] == '0' ? '1' : '0');
        });
        Assert.That(ErrorOf(() => _keystore.Unlock("alice", "right")), Is.EqualTo(KeystoreError.Damaged));
    }

    [Test]
    public void Unlock_of_a_truncated_file_at_any_length_is_Damaged()
    {
        string path = _keystore.Create("alice", "right").Path;
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.That(ErrorOf(() => _keystore.Unlock("alice", "right")), Is.EqualTo(KeystoreError.Damaged));
        }
    }

    [Test]
    public void Unlock_of_another_version_is_UnsupportedVersion()
    {
        _keystore.Create("alice", "right");
        Edit("alice", json => json["version"] = 2);
        Assert.That(ErrorOf(() => _keystore.Unlock("alice", "right")), Is.EqualTo(KeystoreError.UnsupportedVersion));
    }

    [Test]
    public void Unlock_of_a_missing_key_is_NotFound() =>
        Assert.That(ErrorOf(() => _keystore.Unlock("nobody", "p")), Is.EqualTo(KeystoreError.NotFound));

    [Test]
    public void Create_over_an_existing_name_is_refused_and_keeps_the_first()
    {
        KeyDescription first = _keystore.Create("alice", "one");
        Assert.That(ErrorOf(() => _keystore.Create("alice", "two")), Is.EqualTo(KeystoreError.NameTaken));
        using SigningKey key = _keystore.Unlock("alice", "one");
        Assert.That(key.Address, Is.EqualTo(first.Address));
    }

    [TestCase("")]
    [TestCase("../alice")]
    [TestCase("a/b")]
    [TestCase(".hidden")]
    [TestCase("Upper")]
    [TestCase("a b")]
    public void Create_with_a_name_that_is_no_name_is_refused(string name) =>
        Assert.That(ErrorOf(() => _keystore.Create(name, "p")), Is.EqualTo(KeystoreError.BadName));

    [Test]
    public void Create_without_a_password_is_refused() =>
        Assert.That(ErrorOf(() => _keystore.Create("alice", "")), Is.EqualTo(KeystoreError.BadPassword));

    [Test]
    public void Key_files_are_readable_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no file modes.");
            return;
        }

        string path = _keystore.Create("alice", "p").Path;
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Writing_leaves_no_other_file_behind()
    {
        _keystore.Create("alice", "p");
        _keystore.ChangePassword("alice", "p", "q");
        Assert.That(Directory.EnumerateFiles(_directory).Select(Path.GetFileName), Is.EqualTo(new[] { "alice.json" }));
    }

    [Test]
    public void ChangePassword_keeps_the_key_and_forgets_the_old_password()
    {
        KeyDescription made = _keystore.Create("alice", "old");
        _keystore.ChangePassword("alice", "old", "new");

        Assert.That(ErrorOf(() => _keystore.Unlock("alice", "old")), Is.EqualTo(KeystoreError.WrongPassword));
        using SigningKey key = _keystore.Unlock("alice", "new");
        Assert.That(key.Address, Is.EqualTo(made.Address));
    }

    [Test]
    public void List_reports_a_broken_file_and_still_lists_the_others()
    {
        KeyDescription made = _keystore.Create("bob", "p");
        File.WriteAllText(Path.Combine(_directory, "alice.json"), "{}");
        KeyListing listing = _keystore.List();

        Assert.That(listing.Keys, Is.EqualTo(new[] { made }));
        Assert.That(listing.Broken.Select(file => file.File), Is.EqualTo(new[] { "alice.json" }));
    }

    [Test]
    public void Options_default_to_a_costly_derivation()
    {
        KeystoreOptions options = new();
        Assert.That(options.MemoryKiB, Is.GreaterThanOrEqualTo(64 * 1024));
        Assert.That(options.Passes, Is.GreaterThanOrEqualTo(3));
    }

    private static KeystoreError? ErrorOf(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (KeystoreException exception)
        {
            return exception.Error;
        }
    }

    private void Edit(string name, Action<JsonNode> edit)
    {
        string path = Path.Combine(_directory, name + ".json");
        JsonNode json = JsonNode.Parse(File.ReadAllText(path))!;
        edit(json);
        File.WriteAllText(path, json.ToJsonString());
    }
}

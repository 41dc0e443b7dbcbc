using System.Diagnostics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Tests.Storage;

[TestFixture]
internal sealed class DataDirectoryTests
{
    private static readonly Hash32 Chain = new([.. Enumerable.Repeat((byte)7, 32)]);
    private string _root = "";

    [SetUp]
    public void Make() => _root = Directory.CreateTempSubdirectory("energychain-data-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_root, recursive: true);

    [Test]
    public void Second_holder_gets_one_sentence_until_the_first_lets_go()
    {
        DataDirectory first = DataDirectory.Open(_root, Chain);

        Assert.That(
            () => DataDirectory.Open(_root, Chain),
            Throws.TypeOf<StorageException>().With.Message.Contains("is in use by another process"));
        first.Dispose();
        Assert.That(() => DataDirectory.Open(_root, Chain).Dispose(), Throws.Nothing);
    }

    [Test]
    public void Folder_locked_by_another_process_is_refused()
    {
        if (!File.Exists("/usr/bin/flock"))
        {
            Assert.Ignore("The program flock is absent: this test needs it to be the other process.");
        }

        DataDirectory.Open(_root, Chain).Dispose();
        ProcessStartInfo start = new("/usr/bin/flock", [Path.Combine(_root, "lock"), "sh", "-c", "echo held; read end"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process other = Process.Start(start)!;
        Assert.That(other.StandardOutput.ReadLine(), Is.EqualTo("held"));

        Assert.That(
            () => DataDirectory.Open(_root, Chain),
            Throws.TypeOf<StorageException>().With.Message.Contains("is in use by another process"));
        other.StandardInput.WriteLine();
        other.WaitForExit();
    }

    [TestCase("energychain-data 2 {0}\n", "format version 2; this node reads up to 1")]
    [TestCase("energychain-data 1 0x0101010101010101010101010101010101010101010101010101010101010101\n", "belongs to")]
    [TestCase("something else\n", "restore it or use another folder")]
    [TestCase("", "restore it or use another folder")]
    public void Folder_that_is_not_ours_is_refused_with_one_sentence_and_left_alone(string format, string sentence)
    {
        string file = Path.Combine(_root, "format");
        string text = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Chain);
        File.WriteAllText(file, text);

        Assert.That(
            () => DataDirectory.Open(_root, Chain),
            Throws.TypeOf<StorageException>().With.Message.Contains(sentence));
        Assert.That(File.ReadAllText(file), Is.EqualTo(text));
    }

    [Test]
    public void Path_that_is_a_file_is_refused()
    {
        string file = Path.Combine(_root, "plain");
        File.WriteAllText(file, "");

        Assert.That(
            () => DataDirectory.Open(file, Chain),
            Throws.TypeOf<StorageException>().With.Message.Contains("cannot be made"));
    }
}

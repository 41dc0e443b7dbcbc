using EnergyChain.Devices.Simulation;
using EnergyChain.Node.Commands;
using EnergyChain.Node.Devnet;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Tests.Devnet;

[TestFixture]
internal sealed class DevnetOptionsTests
{
    [Test]
    public void Meter_fault_is_read()
    {
        MeterFault fault = MeterFault.Parse("home_03:grid:silent:5-7");
        Assert.That(fault, Is.EqualTo(new MeterFault("home_03", "grid", DeviceFaultKind.Silent, 5, 7)));
        Assert.That(fault.At(1_000), Is.EqualTo(new DeviceFault(2, 1_005, 1_007, DeviceFaultKind.Silent)));
        Assert.That(MeterFault.Parse("home_01:all:garbage:4").LastSlot, Is.EqualTo(4));
    }

    [TestCase("home_03:grid:silent")]
    [TestCase("home_03:tap:silent:1")]
    [TestCase("home_03:grid:broken:1")]
    [TestCase("home_03:grid:silent:7-5")]
    [TestCase("home_03:grid:silent:1-2-3")]
    public void Wrong_meter_fault_shows_an_example(string text)
    {
        OperatorException? error = Assert.Throws<OperatorException>(() => MeterFault.Parse(text));
        Assert.That(error!.Message, Does.Contain(text).And.Contain("home_03:grid:silent:5-7"));
    }

    [TestCase("--validators 0", "--validators is '0'; allowed is 1 to 16.")]
    [TestCase("--sites 65", "--sites is '65'; allowed is 1 to 64.")]
    [TestCase("--slots -1", "--slots is '-1'")]
    [TestCase("--slot-seconds 1", "--slot-seconds is '1'; allowed is 2 to 3600: blocks come once a second")]
    [TestCase("--feed-in 0.0000000000000001", "--feed-in is '0.0000000000000001'")]
    [TestCase("--strategy greedy", "--strategy is 'greedy'; allowed is midpoint, truthful, zero-intelligence.")]
    [TestCase("--profiles nowhere", "--profiles is 'nowhere'")]
    [TestCase("--base-port 80", "--base-port is '80'")]
    [TestCase("--from yesterday", "--from is 'yesterday'; allowed is a local time such as 2016-08-01T00:00.")]
    [TestCase("--grid-fee free", "--grid-fee is 'free'; allowed is a number such as 0.05.")]
    [TestCase("--validators four", "four")]
    public async Task Wrong_option_is_one_sentence_and_exit_code_2(string arguments, string sentence)
    {
        StringWriter error = new();
        int code = await NodeCommandLine.RunAsync(
            ["devnet", .. arguments.Split(' ')], TextWriter.Null, error);
        Assert.That(code, Is.EqualTo(ExitCode.WrongOption));
        Assert.That(error.ToString(), Does.Contain(sentence));
        Assert.That(error.ToString(), Does.Not.Contain("   at "), "no stack trace");
    }

    [Test]
    public async Task Folder_that_no_devnet_made_is_not_touched()
    {
        string folder = Directory.CreateTempSubdirectory("energychain-devnet").FullName;
        string precious = Path.Combine(folder, "thesis.txt");
        await File.WriteAllTextAsync(precious, "words");
        StringWriter error = new();
        int code = await NodeCommandLine.RunAsync(
            ["devnet", "--data-dir", folder, "--base-port", $"{TestPorts.Stretch()}"], TextWriter.Null, error);
        Assert.That(code, Is.EqualTo(ExitCode.WrongOption));
        Assert.That(error.ToString(), Does.Contain("--data-dir"));
        Assert.That(File.Exists(precious), Is.True);
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Folder_of_a_running_devnet_is_not_touched()
    {
        string folder = Directory.CreateTempSubdirectory("energychain-devnet").FullName;
        string file = Path.Combine(folder, "chain.log");
        using (DevnetFolder.Prepare(folder))
        {
            File.WriteAllText(file, "blocks");
            OperatorException? error = Assert.Throws<OperatorException>(() => DevnetFolder.Prepare(folder));
            Assert.That(error!.ExitCode, Is.EqualTo(ExitCode.InUse));
            Assert.That(error.Message, Does.Contain("in use by another devnet"));
            Assert.That(File.Exists(file), Is.True);
        }

        DevnetFolder.Prepare(folder).Dispose();
        Assert.That(File.Exists(file), Is.False, "the next run begins anew");
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Report_that_cannot_be_written_is_refused_before_anything_starts()
    {
        string folder = Directory.CreateTempSubdirectory("energychain-devnet").FullName;
        string data = Path.Combine(folder, "data");
        StringWriter error = new();
        int code = await NodeCommandLine.RunAsync(
            ["devnet", "--data-dir", data, "--report", folder, "--base-port", $"{TestPorts.Stretch()}"],
            TextWriter.Null,
            error);
        Assert.That(code, Is.EqualTo(ExitCode.WrongOption), error.ToString());
        Assert.That(error.ToString(), Does.Contain("--report").And.Contain("It is a folder."));
        Directory.Delete(folder, recursive: true);
    }

    [TestCase(new ulong[] { 100, 103, 101 }, 99ul)]
    [TestCase(new ulong[] { 5, 103, 101 }, 100ul)]
    [TestCase(new ulong[] { 5, 7, 9 }, 0ul)]
    public void Nodes_are_compared_where_those_that_keep_up_are(ulong[] heights, ulong common) =>
        Assert.That(
            DevnetNetwork.CommonHeight([.. heights.Select(height => (ulong?)height), null], wanted: 100),
            Is.EqualTo(common));

    [Test]
    public void Prices_become_base_units_exactly()
    {
        Assert.That(Money.PerKwh(0.05m), Is.EqualTo(System.Numerics.BigInteger.Parse("50000000000000000")));
        Assert.That(Money.Text(System.Numerics.BigInteger.Parse("-1234567890000000000")), Is.EqualTo("-1.2345"));
    }
}

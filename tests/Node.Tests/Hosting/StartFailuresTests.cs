using System.Net.Sockets;
using EnergyChain.Node.Commands;
using EnergyChain.Node.Hosting;
using Microsoft.AspNetCore.Connections;

namespace EnergyChain.Node.Tests.Hosting;

[TestFixture]
internal sealed class StartFailuresTests
{
    [Test]
    public void Only_what_the_ports_failed_with_is_told_as_a_port()
    {
        Exception[] ofPorts =
        [
            new IOException("bind", new AddressInUseException("in use")),
            new SocketException((int)SocketError.AddressNotAvailable),
        ];
        foreach (Exception error in ofPorts)
        {
            Exception told = StartFailures.Explain(error, new NodeOptions());
            Assert.That(told, Is.TypeOf<OperatorException>().With.Message.Contains("cannot be listened on"));
        }

        IOException disk = new("No space left on device");
        Assert.That(StartFailures.Explain(disk, new NodeOptions()), Is.SameAs(disk));
    }

    [Test]
    public async Task Genesis_that_cannot_be_written_is_one_sentence()
    {
        string folder = Directory.CreateTempSubdirectory("energychain-genesis").FullName;
        StringWriter error = new();
        int code = await NodeCommandLine.RunAsync(["genesis", "--out", folder], TextWriter.Null, error);
        Assert.That(code, Is.EqualTo(ExitCode.WrongOption));
        Assert.That(error.ToString(), Does.Contain("--out").And.Contain("cannot be written"));
        Assert.That(error.ToString(), Does.Not.Contain("   at "), "no stack trace");
        Directory.Delete(folder);
    }
}

using EnergyChain.Processes.Links;
using EnergyChain.Processes.Manifests;

namespace EnergyChain.Processes.Tests;

/// <summary>Networks over the kernel's own TCP, every node in a network namespace.</summary>
[TestFixture]
[Category("Processes")]
[NonParallelizable]
internal sealed class NamespaceTests
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(150);

    [OneTimeSetUp]
    public void Require() => OptIn.Require("processes");

    [Test]
    [Category("Namespaces")]
    public async Task Wires_that_were_down_until_the_chain_stood_bring_it_back()
    {
        if (await NamespaceProbe.MissingAsync() is { } missing)
        {
            Assert.Ignore(missing);
        }

        await RunAsync(default);
    }

    [Test]
    [Category("Netem")]
    public async Task Chain_bears_150_ms_between_all_and_a_cut_of_half_of_them()
    {
        if (await NamespaceProbe.DelayMissingAsync() is { } missing)
        {
            Assert.Ignore(missing);
        }

        await RunAsync(new LinkQuality(Latency));
    }

    private static async Task RunAsync(LinkQuality quality)
    {
        Manifest manifest = new()
        {
            Nodes = [.. ManifestGenerator.Validators(4)],
            Perturbations =
            [
                new(PerturbationKind.Disconnect, ["validator-1"]),
                new(PerturbationKind.Disconnect, ["validator-2", "validator-3"]),
            ],
        };
        string[] names = [.. manifest.Nodes.Select(node => node.Name)];
        await using NamespaceFabric fabric = await NamespaceFabric.CreateAsync(names);
        await fabric.SetAllAsync(names, quality);
        NetworkResult result = await NetworkRun.RunAsync(manifest, fabric, TestContext.Progress);
        Assert.That(result.Violations, Is.Empty, result.Logs);
    }
}

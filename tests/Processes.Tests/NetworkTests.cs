using System.Globalization;
using EnergyChain.Node.Hosting;
using EnergyChain.Processes.Links;
using EnergyChain.Processes.Manifests;

namespace EnergyChain.Processes.Tests;

/// <summary>Networks of real node processes on loopback, killed, stopped, cut off and restarted.</summary>
[TestFixture]
[Category("Processes")]
[NonParallelizable]
internal sealed class NetworkTests
{
    private const string SeedsVariable = "ENERGYCHAIN_NETWORK_SEEDS";

    private static IEnumerable<int> Seeds => (Environment.GetEnvironmentVariable(SeedsVariable) ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(Range);

    [OneTimeSetUp]
    public void Require() => OptIn.Require("processes");

    [Test]
    public Task Sole_validator_comes_back_from_every_fault_with_its_relay() => RunAsync(new Manifest
    {
        Nodes = [.. ManifestGenerator.Validators(1), Relay("relay-1", "validator-1")],
        Perturbations =
        [
            new(PerturbationKind.Kill, ["validator-1"]),
            new(PerturbationKind.Restart, ["validator-1", "relay-1"]),
            new(PerturbationKind.Pause, ["validator-1"]),
        ],
    });

    // besu#9040: a chain whose validators all went down at once could not be started again.
    [Test]
    public Task Four_validators_bear_one_fault_of_each_kind_and_a_power_cut_of_all()
    {
        NodePlan[] validators = [.. ManifestGenerator.Validators(4)];
        validators[3] = validators[3] with { JoinsAt = 5 };
        return RunAsync(new Manifest
        {
            Nodes =
            [
                .. validators,
                Relay("relay-1", "validator-1", "validator-2"),
                Relay("relay-2", "relay-1") with { JoinsAt = 7 },
            ],
            Perturbations =
            [
                new(PerturbationKind.Kill, ["validator-2"]),
                new(PerturbationKind.Pause, ["validator-3"]),
                new(PerturbationKind.Disconnect, ["relay-1", "validator-1"]),
                new(PerturbationKind.Disconnect, ["validator-3", "validator-4"]),
                new(PerturbationKind.Restart, ["validator-4"]),
                new(PerturbationKind.Kill, ["validator-1", "validator-2", "validator-3", "validator-4"]),
            ],
        });
    }

    [Test]
    public async Task Late_relay_joins_by_a_snapshot_where_its_config_says_so()
    {
        Manifest manifest = new()
        {
            Nodes =
            [
                .. ManifestGenerator.Validators(1),
                Relay("relay-1", "validator-1") with { JoinsAt = 15, BySnapshot = true },
                Relay("relay-2", "validator-1") with { JoinsAt = 16 },
            ],
            Perturbations = [new(PerturbationKind.Kill, ["relay-1"])],
        };
        NetworkResult result = await RunAsync(manifest);
        Assert.That(result.JoinedBySnapshot, Is.EqualTo(new[] { "relay-1" }));
    }

    [Test]
    public Task Seven_validators_bear_two_faults_at_once_and_a_third_stops_them_only_while_it_lasts() =>
        RunAsync(new Manifest
        {
            Nodes = [.. ManifestGenerator.Validators(7)],
            Perturbations =
            [
                new(PerturbationKind.Disconnect, ["validator-1", "validator-2"]),
                new(PerturbationKind.Kill, ["validator-3", "validator-4", "validator-5"]),
            ],
        });

    /// <summary>More networks: ENERGYCHAIN_NETWORK_SEEDS=1-20,33.</summary>
    [TestCaseSource(nameof(Seeds))]
    public Task Generated_network_holds(int seed) => RunAsync(ManifestGenerator.Of(seed));

    private static NodePlan Relay(string name, params string[] peers) =>
        new() { Name = name, Role = NodeRole.Relay, Peers = peers };

    private static async Task<NetworkResult> RunAsync(Manifest manifest)
    {
        await using ProxyFabric fabric = new(manifest.Nodes.Select(node => node.Name));
        NetworkResult result = await NetworkRun.RunAsync(manifest, fabric, TestContext.Progress);
        Assert.That(result.Violations, Is.Empty, result.Logs);
        return result;
    }

    private static IEnumerable<int> Range(string text)
    {
        int[] ends = [.. text.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}

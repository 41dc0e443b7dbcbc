using EnergyChain.Node.Hosting;
using EnergyChain.Processes.Manifests;

namespace EnergyChain.Processes.Tests;

[TestFixture]
internal sealed class ManifestTests
{
    [Test]
    public void Seed_gives_the_same_manifest_again()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            string drawn = ManifestGenerator.Of(seed).ToString();
            Assert.That(ManifestGenerator.Of(seed).ToString(), Is.EqualTo(drawn));
        }
    }

    [Test]
    public void Seeds_cover_every_council_size_kind_and_way_to_join()
    {
        Manifest[] manifests = [.. Enumerable.Range(0, 200).Select(ManifestGenerator.Of)];
        Assert.That(manifests.Select(each => each.Validators.Count()).Distinct(), Is.EquivalentTo(new[] { 1, 4, 7 }));
        Assert.That(
            manifests.SelectMany(each => each.Perturbations).Select(each => each.Kind).Distinct(),
            Is.EquivalentTo(Enum.GetValues<PerturbationKind>()));
        NodePlan[] nodes = [.. manifests.SelectMany(each => each.Nodes)];
        Assert.That(nodes.Where(node => node.Role == NodeRole.Consensus && node.JoinsAt > 0), Is.Not.Empty);
        Assert.That(nodes.Where(node => node.Role == NodeRole.Relay && node.JoinsAt > 0), Is.Not.Empty);
        Assert.That(
            nodes.Where(node => node.JoinsAt > 0).Select(node => node.BySnapshot).Distinct(), Has.Exactly(2).Items);
        Assert.That(
            nodes.Where(node => node.Role == NodeRole.Relay && node.Peers.All(peer => peer.StartsWith("relay"))),
            Is.Not.Empty);
    }

    [Test]
    public void Network_always_begins_with_a_quorum_and_every_relay_reaches_a_validator()
    {
        foreach (Manifest manifest in Enumerable.Range(0, 200).Select(ManifestGenerator.Of))
        {
            string[] late = [.. manifest.Nodes.Where(node => node.JoinsAt > 0).Select(node => node.Name)];
            Assert.That(manifest.HasQuorumWithout(late), Is.True, manifest.ToString());
            HashSet<string> reached = [.. manifest.Validators.Select(node => node.Name)];
            foreach (NodePlan relay in manifest.Nodes.Where(node => node.Role == NodeRole.Relay))
            {
                Assert.That(relay.Peers.Any(reached.Contains), Is.True, manifest.ToString());
                reached.Add(relay.Name);
            }
        }
    }
}

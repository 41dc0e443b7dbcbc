using EnergyChain.Node.Hosting;
using EnergyChain.Processes.Manifests;

namespace EnergyChain.CrashTests.Kills;

/// <summary>Four validators, and a relay with the index.</summary>
internal static class KillNetwork
{
    public const string Relay = "relay-1";

    public const int Senders = 9;

    public static Manifest Manifest { get; } = new()
    {
        Nodes =
        [
            .. ManifestGenerator.Validators(4),
            new NodePlan
            {
                Name = Relay,
                Role = NodeRole.Relay,
                Peers = ["validator-1", "validator-2", "validator-3", "validator-4"],
                HasIndex = true,
            },
        ],
        Senders = Senders,
    };
}

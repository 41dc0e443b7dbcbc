using EnergyChain.Core.Crypto;
using EnergyChain.Node.Network;

namespace EnergyChain.Node.Hosting;

/// <summary>Who may dial a node, by its config. Members of the council always may.</summary>
internal static class AllowedPeerKeys
{
    /// <summary>The entry of the config that stands for all.</summary>
    public const string Anyone = "*";

    /// <summary>The keys; null for anyone.</summary>
    public static IReadOnlySet<PublicKey>? Of(NodeOptions options)
    {
        bool isOpen = options.AllowedPeers is { } listed
            ? listed.Contains(Anyone)
            : options.Role == NodeRole.Relay;
        if (isOpen)
        {
            return null;
        }

        HashSet<PublicKey> keys = [];
        foreach (string text in options.AllowedPeers ?? [])
        {
            if (PublicKey.TryParse(text, out PublicKey key))
            {
                keys.Add(key);
            }
        }

        foreach (string text in options.Peers)
        {
            if (PeerAddress.TryParse(text, out PeerAddress? peer) && peer.ExpectedKey is { } key)
            {
                keys.Add(key);
            }
        }

        return keys;
    }
}

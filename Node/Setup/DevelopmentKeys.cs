using System.Text;
using EnergyChain.Core.Crypto;

namespace EnergyChain.Node.Setup;

/// <summary>
/// Keys of a local network that everybody can derive: worthless on purpose, so that the top-level genesis.json is the
/// same for all. Never use one for a network that others can reach; <c>testnet</c> makes random keys.
/// </summary>
public static class DevelopmentKeys
{
    private const string Prefix = "energychain development key, public and insecure: ";

    /// <summary>Registers sites, publishes tariffs, funds sites.</summary>
    public static SigningKey Operator() => Of("operator");

    /// <summary>Receives the grid fees.</summary>
    public static SigningKey Grid() => Of("grid");

    /// <summary>The account for trying out the wallet.</summary>
    public static SigningKey Demo() => Of("demo");

    /// <param name="number">From 1.</param>
    public static SigningKey Validator(int number) => Of($"validator {number}");

    public static SigningKey Relay(int number) => Of($"relay {number}");

    public static SigningKey SiteAccount(int number) => Of($"site {number} account");

    public static SigningKey SiteDevice(int number) => Of($"site {number} device");

    private static SigningKey Of(string name)
    {
        Span<byte> seed = stackalloc byte[SigningKey.SeedSize];
        Blake2b.Hash(Encoding.ASCII.GetBytes(Prefix + name)).CopyTo(seed);
        return SigningKey.FromSeed(seed);
    }
}

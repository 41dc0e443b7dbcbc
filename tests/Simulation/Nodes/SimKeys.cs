using EnergyChain.Core.Crypto;

namespace EnergyChain.Simulation.Nodes;

/// <summary>Keys from small numbers. Made once for all runs: they never change, and signing is thread-safe.</summary>
internal static class SimKeys
{
    private const int ClientOffset = 1_000;

    private static readonly Lazy<SigningKey>[] Members =
        [.. Enumerable.Range(0, SimulationOptions.MaxNodes).Select(number => new Lazy<SigningKey>(() => Of(number)))];

    private static readonly Lazy<SigningKey>[] Clients =
    [
        .. Enumerable.Range(ClientOffset, ClientLoad.Senders)
            .Select(number => new Lazy<SigningKey>(() => Of(number))),
    ];

    public static SigningKey Member(int index) => Members[index].Value;

    public static SigningKey Client(int index) => Clients[index].Value;

    private static SigningKey Of(int number)
    {
        byte[] seed = new byte[SigningKey.SeedSize];
        BitConverter.TryWriteBytes(seed, number);
        seed[^1] = 0x51;
        return SigningKey.FromSeed(seed);
    }
}

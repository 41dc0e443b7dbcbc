using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Simulation.Nodes;

/// <summary>The genesis of a run: the members, and a few accounts with coin.</summary>
internal static class SimGenesis
{
    public const ulong TimeMs = 1_800_000_000_000;

    public static UInt256 Fortune { get; } = UInt256.FromBigInteger(System.Numerics.BigInteger.Pow(10, 24));

    public static Genesis Make(int members) => new(
        new BlockTime(TimeMs),
        new ChainParameters { ChainId = new ChainId(7_357) },
        new Council(Enumerable.Range(0, members).Select(index => new CouncilMember(SimKeys.Member(index).PublicKey))),
        [
            .. Enumerable.Range(0, ClientLoad.Senders)
                .Select(index => new GenesisAccount(SimKeys.Client(index).Address, Fortune, default, []))
                .OrderBy(account => account.Address),
        ]);
}

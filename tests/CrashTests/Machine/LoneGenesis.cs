using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Simulation.Nodes;

namespace EnergyChain.CrashTests.Machine;

/// <summary>
/// A council of one: nobody else has its blocks, so what its disk loses is lost. And a contract that fills storage.
/// </summary>
internal static class LoneGenesis
{
    // SSTORE(CALLDATALOAD(0), NUMBER): NUMBER PUSH0 CALLDATALOAD SSTORE STOP.
    private static readonly byte[] Store = [0x43, 0x5F, 0x35, 0x55, 0x00];

    public static Address Contract { get; } = new([.. Enumerable.Repeat((byte)0xC0, Address.Size)]);

    public static Genesis Value { get; } = Make();

    private static Genesis Make()
    {
        Genesis plain = SimGenesis.Make(1);
        return new Genesis(
            plain.Time,
            plain.Parameters,
            plain.Council,
            [
                .. plain.Accounts
                    .Append(new GenesisAccount(Contract, default, Store, []))
                    .OrderBy(account => account.Address),
            ]);
    }
}

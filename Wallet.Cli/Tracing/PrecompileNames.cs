using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Precompiles;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>What people call the contracts that the machine answers itself.</summary>
internal static class PrecompileNames
{
    private static readonly Dictionary<Address, string> Names = new()
    {
        [Address.FromNumber(1)] = "ecrecover",
        [Address.FromNumber(2)] = "sha256",
        [Address.FromNumber(3)] = "ripemd160",
        [Address.FromNumber(4)] = "identity",
        [Address.FromNumber(5)] = "modexp",
        [Address.FromNumber(6)] = "bn254 add (absent)",
        [Address.FromNumber(7)] = "bn254 multiply (absent)",
        [Address.FromNumber(8)] = "bn254 pairing (absent)",
        [Address.FromNumber(9)] = "blake2f",
        [Address.FromNumber(10)] = "KZG point evaluation (absent)",
        [PrecompileTable.Ed25519Address] = "ed25519",
    };

    /// <summary>Null for any other address.</summary>
    public static string? Find(Address address) => Names.GetValueOrDefault(address);
}

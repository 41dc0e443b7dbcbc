using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm.Precompiles;

/// <summary>Which addresses the machine answers itself.</summary>
public static class PrecompileTable
{
    /// <summary>Where <see cref="Ed25519Verify"/> answers: 0x0ed25519.</summary>
    public static readonly Address Ed25519Address = Address.FromNumber(0x0ED2_5519);

    private const uint LastCancunNumber = 10;

    private static readonly Dictionary<Address, IPrecompile> ByAddress = new()
    {
        [Address.FromNumber(1)] = new EcRecover(),
        [Address.FromNumber(2)] = new Sha256Hash(),
        [Address.FromNumber(3)] = new Ripemd160Hash(),
        [Address.FromNumber(4)] = new Identity(),
        [Address.FromNumber(5)] = new ModExp(),
        [Address.FromNumber(9)] = new Blake2F(),
        [Ed25519Address] = new Ed25519Verify(),
    };

    /// <summary>
    /// What is warm from the start. It includes the pairing and KZG addresses, which are absent here, so that an
    /// access to them costs what it costs on Ethereum.
    /// </summary>
    public static IReadOnlyList<Address> WarmAddresses { get; } =
        [.. Enumerable.Range(1, (int)LastCancunNumber).Select(n => Address.FromNumber((uint)n)), Ed25519Address];

    internal static IPrecompile? Find(Address address) => ByAddress.GetValueOrDefault(address);
}

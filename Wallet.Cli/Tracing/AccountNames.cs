using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>Names for the addresses in a trace: contracts, precompiles, the address book, own keys.</summary>
internal sealed class AccountNames
{
    private readonly Dictionary<Address, string> _names = [];

    public AccountNames(AbiBook abis, IEnumerable<(string Name, Address Address)> own)
    {
        foreach ((Address address, string name) in abis.Names)
        {
            _names[address] = name;
        }

        foreach ((string name, Address address) in own)
        {
            _names.TryAdd(address, name);
        }
    }

    public static AccountNames Of(WalletContext context, AbiBook abis) => new(
        abis,
        [.. context.Names.List(), .. context.Keystore.List().Keys.Select(key => (key.Name, key.Address))]);

    /// <summary>The name, or the address where there is none.</summary>
    public string Of(Address address) => Find(address) ?? address.ToString();

    /// <summary>Null for an address without a name.</summary>
    public string? Find(Address address) =>
        _names.GetValueOrDefault(address) ?? PrecompileNames.Find(address);
}

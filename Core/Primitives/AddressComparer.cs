namespace EnergyChain.Core.Primitives;

/// <summary>
/// Addresses are chosen by whoever names them in a transaction or a contract, so tables of them are keyed with a seed
/// that outsiders do not know: nobody can make addresses that all fall into one bucket. No result depends on the seed.
/// </summary>
/// <param name="seed">A number that outsiders do not know.</param>
public sealed class AddressComparer(ulong seed) : IEqualityComparer<Address>
{
    public bool Equals(Address x, Address y) => x == y;

    public int GetHashCode(Address obj) => unchecked((int)(obj.Mix(seed) >> 32));
}

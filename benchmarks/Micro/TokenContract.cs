using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// The transfer of an ERC-20 token as a compiler would make it, less the dispatch: balances in a mapping at slot 0, the
/// sender's checked, both stored, the event Transfer(from, to, value), and true.
/// </summary>
internal static class TokenContract
{
    private const string Code =
        "335f5260405f208054" + // balance of the caller, its slot below it
        "602435808210605a57809103909155" + // value; reverts at 0x5a where it is more; the rest is stored
        "6004355f5260405f20805482019055" + // the receiver's balance and the value are stored
        "5f52600435337fddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef60205fa3" + // the event
        "60015f5260205ff3" + // true
        "5b5f5ffd";

    private const string Selector = "a9059cbb";

    public static Address Address { get; } = Address.FromNumber(0x7000);

    /// <summary>The contract in a genesis, in which these have tokens.</summary>
    public static GenesisAccount InGenesis(IEnumerable<Address> holders, ulong tokens) => new(
        Address,
        UInt256.Zero,
        Convert.FromHexString(Code),
        [.. holders.Select(holder => new StorageSlot(SlotOf(holder), tokens)).OrderBy(static slot => slot.Key)]);

    /// <summary>The call data of transfer(address,uint256).</summary>
    public static byte[] Transfer(Address to, ulong value)
    {
        byte[] data = new byte[4 + 32 + 32];
        Convert.FromHexString(Selector).CopyTo(data, 0);
        to.CopyTo(data.AsSpan(4 + 12));
        new UInt256(value).WriteBigEndian(data.AsSpan(4 + 32));
        return data;
    }

    /// <summary>Where an account's tokens are.</summary>
    public static UInt256 SlotOf(Address holder)
    {
        byte[] preimage = new byte[64];
        holder.CopyTo(preimage.AsSpan(12));
        return UInt256.FromBigEndian(Keccak256.Hash(preimage).ToArray());
    }
}

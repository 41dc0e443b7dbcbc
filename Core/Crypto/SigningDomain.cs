using System.Text;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto;

/// <summary>
/// What a signature is for. Signed is always H(domain || chain id || canonical bytes), so nothing signed for one use
/// or chain verifies for another. The domain is length-prefixed, the chain id a little-endian u64.
/// </summary>
public sealed class SigningDomain
{
    public static readonly SigningDomain Transaction = new("energychain/tx/1");
    public static readonly SigningDomain FeePayer = new("energychain/feepayer/1");
    public static readonly SigningDomain Proposal = new("energychain/proposal/1");
    public static readonly SigningDomain Vote = new("energychain/vote/1");
    public static readonly SigningDomain Handshake = new("energychain/handshake/1");
    public static readonly SigningDomain Meter = new("energychain/meter/1");

    private readonly byte[] _name;

    private SigningDomain(string name) => _name = Encoding.ASCII.GetBytes(name);

    /// <summary>The digest that is signed for <paramref name="canonicalBytes"/>.</summary>
    public Hash32 Digest(ChainId chainId, ReadOnlySpan<byte> canonicalBytes)
    {
        BcsWriter writer = new(_name.Length + 9 + canonicalBytes.Length);
        writer.WriteBytes(_name);
        writer.WriteU64(chainId.Value);
        writer.WriteFixed(canonicalBytes);
        return Blake2b.Hash(writer.WrittenSpan);
    }

    public override string ToString() => Encoding.ASCII.GetString(_name);
}

using System.Buffers.Binary;
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

    private const int MostStackBytes = 1_024;

    private readonly string _name;

    // The name with its length before it, as canonical bytes have it.
    private readonly byte[] _prefix;

    private SigningDomain(string name)
    {
        _name = name;
        BcsWriter writer = new(name.Length + 1);
        writer.WriteBytes(Encoding.ASCII.GetBytes(name));
        _prefix = writer.ToArray();
    }

    /// <summary>The digest that is signed for <paramref name="canonicalBytes"/>.</summary>
    public Hash32 Digest(ChainId chainId, ReadOnlySpan<byte> canonicalBytes)
    {
        // Once for every signature of a block: what is signed is short, and lies on the stack.
        int length = _prefix.Length + sizeof(ulong) + canonicalBytes.Length;
        Span<byte> signed = length <= MostStackBytes ? stackalloc byte[length] : new byte[length];
        _prefix.CopyTo(signed);
        BinaryPrimitives.WriteUInt64LittleEndian(signed[_prefix.Length..], chainId.Value);
        canonicalBytes.CopyTo(signed[(_prefix.Length + sizeof(ulong))..]);
        return Blake2b.Hash(signed);
    }

    public override string ToString() => _name;
}

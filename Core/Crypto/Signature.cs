using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto;

/// <summary>The 64 bytes of an Ed25519 signature (RFC 8032).</summary>
public readonly record struct Signature
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 64;

    private readonly Hash32 _r;
    private readonly Hash32 _s;

    /// <param name="bytes">Exactly 64 bytes.</param>
    public Signature(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size);
        _r = new Hash32(bytes[..32]);
        _s = new Hash32(bytes[32..]);
    }

    /// <param name="destination">At least 64 bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        _r.CopyTo(destination);
        _s.CopyTo(destination[32..]);
    }

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public override string ToString() => Hex.Encode(ToArray());
}

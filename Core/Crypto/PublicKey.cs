using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Crypto;

/// <summary>
/// The 32 bytes of an Ed25519 public key. Any 32 bytes are one; whether they are a point shows at use.
/// </summary>
public readonly record struct PublicKey : IComparable<PublicKey>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly Hash32 _bytes;

    /// <param name="bytes">Exactly 32 bytes.</param>
    public PublicKey(ReadOnlySpan<byte> bytes) => _bytes = new Hash32(bytes);

    /// <summary>The account that this key signs for: the first 20 bytes of BLAKE2b-256 of the key.</summary>
    public Address ToAddress()
    {
        Span<byte> key = stackalloc byte[Size];
        _bytes.CopyTo(key);
        Span<byte> hash = stackalloc byte[Hash32.Size];
        Blake2b.Hash(key).CopyTo(hash);
        return new Address(hash[..Address.Size]);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out PublicKey key)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool sound = Hex.TryDecodeExact(text, bytes);
        key = sound ? new PublicKey(bytes) : default;
        return sound;
    }

    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination) => _bytes.CopyTo(destination);

    public byte[] ToArray() => _bytes.ToArray();

    public int CompareTo(PublicKey other) => _bytes.CompareTo(other._bytes);

    public override string ToString() => _bytes.ToString();
}

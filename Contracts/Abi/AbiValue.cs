using System.Text;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Abi;

/// <summary>
/// A value of an <see cref="AbiType"/>. The set is closed. The As properties are for values whose type is known
/// from the ABI that decoded them; on another kind they throw <see cref="InvalidCastException"/>.
/// </summary>
public abstract record AbiValue
{
    private AbiValue()
    {
    }

    public UInt256 AsUInt256 => ((Number)this).Value;

    public ulong AsUInt64 => (ulong)AsUInt256;

    public uint AsUInt32 => checked((uint)AsUInt64);

    public byte AsByte => checked((byte)AsUInt64);

    public bool AsBool => ((Flag)this).Value;

    public Address AsAddress => ((Account)this).Value;

    public byte[] AsBytes => ((Data)this).Value;

    public Hash32 AsHash32 => new(AsBytes);

    public string AsText => ((Text)this).Value;

    public IReadOnlyList<AbiValue> Items => ((Sequence)this).Values;

    public static implicit operator AbiValue(ulong value) => new Number(value);

    public static implicit operator AbiValue(UInt256 value) => new Number(value);

    public static implicit operator AbiValue(bool value) => new Flag(value);

    public static implicit operator AbiValue(Address value) => new Account(value);

    public static implicit operator AbiValue(Hash32 value)
    {
        byte[] bytes = new byte[Hash32.Size];
        value.CopyTo(bytes);
        return new Data(bytes);
    }

    public static implicit operator AbiValue(byte[] value) => new Data(value);

    public static implicit operator AbiValue(string value) => new Text(value);

    public static implicit operator AbiValue(AbiValue[] values) => new Sequence(values);

    /// <summary>Keeps the As properties out of the text of a value.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>An integer; a signed one as the 256-bit word of its two's complement.</summary>
    public sealed record Number(UInt256 Value) : AbiValue;

    public sealed record Flag(bool Value) : AbiValue;

    public sealed record Account(Address Value) : AbiValue;

    /// <summary>Bytes of a fixed or free length.</summary>
    public sealed record Data(byte[] Value) : AbiValue;

    public sealed record Text(string Value) : AbiValue;

    /// <summary>The items of an array or the components of a struct.</summary>
    public sealed record Sequence(IReadOnlyList<AbiValue> Values) : AbiValue;
}

using System.Globalization;

namespace EnergyChain.Contracts.Abi;

/// <summary>
/// A type of the Solidity contract ABI (Solidity documentation, "Contract ABI Specification"). The set is closed.
/// </summary>
public abstract record AbiType
{
    /// <summary>Bytes of a word: every head slot is a multiple of it.</summary>
    public const int WordSize = 32;

    private AbiType()
    {
    }

    /// <summary>Whether the head holds only an offset to the value in the tail.</summary>
    public abstract bool IsDynamic { get; }

    /// <summary>Bytes in the head: a word for a dynamic type, else the whole value.</summary>
    public abstract int HeadSize { get; }

    /// <summary>The name that selectors and topics are hashed from, such as <c>(uint64,bytes32)[]</c>.</summary>
    public abstract string CanonicalName { get; }

    /// <summary>Arrays and structs within each other: 0 for a value that is neither.</summary>
    public virtual int Depth => 0;

    /// <summary>An unsigned integer of 8, 16, ... 256 bits.</summary>
    public sealed record UInt : AbiType
    {
        public UInt(int bits) => Bits = RequireBits(bits);

        public int Bits { get; }

        public override bool IsDynamic => false;

        public override int HeadSize => WordSize;

        public override string CanonicalName => "uint" + Bits.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A signed integer of 8, 16, ... 256 bits in two's complement.</summary>
    public sealed record Int : AbiType
    {
        public Int(int bits) => Bits = RequireBits(bits);

        public int Bits { get; }

        public override bool IsDynamic => false;

        public override int HeadSize => WordSize;

        public override string CanonicalName => "int" + Bits.ToString(CultureInfo.InvariantCulture);
    }

    public sealed record Bool : AbiType
    {
        public override bool IsDynamic => false;

        public override int HeadSize => WordSize;

        public override string CanonicalName => "bool";
    }

    public sealed record Account : AbiType
    {
        public override bool IsDynamic => false;

        public override int HeadSize => WordSize;

        public override string CanonicalName => "address";
    }

    /// <summary>1 to 32 bytes, left-aligned in a word.</summary>
    public sealed record FixedBytes : AbiType
    {
        public FixedBytes(int length)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, WordSize);
            Length = length;
        }

        public int Length { get; }

        public override bool IsDynamic => false;

        public override int HeadSize => WordSize;

        public override string CanonicalName => "bytes" + Length.ToString(CultureInfo.InvariantCulture);
    }

    public sealed record Bytes : AbiType
    {
        public override bool IsDynamic => true;

        public override int HeadSize => WordSize;

        public override string CanonicalName => "bytes";
    }

    /// <summary>UTF-8 text.</summary>
    public sealed record Text : AbiType
    {
        public override bool IsDynamic => true;

        public override int HeadSize => WordSize;

        public override string CanonicalName => "string";
    }

    /// <summary>An array whose length is part of the type, at least one.</summary>
    public sealed record FixedArray : AbiType
    {
        public FixedArray(AbiType element, int length)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
            Element = element;
            Length = length;
        }

        public AbiType Element { get; }

        public int Length { get; }

        public override bool IsDynamic => Element.IsDynamic;

        public override int HeadSize => IsDynamic ? WordSize : Element.HeadSize * Length;

        public override int Depth => Element.Depth + 1;

        public override string CanonicalName =>
            $"{Element.CanonicalName}[{Length.ToString(CultureInfo.InvariantCulture)}]";
    }

    /// <summary>An array whose length comes with the value.</summary>
    public sealed record List(AbiType Element) : AbiType
    {
        public override bool IsDynamic => true;

        public override int HeadSize => WordSize;

        public override int Depth => Element.Depth + 1;

        public override string CanonicalName => Element.CanonicalName + "[]";
    }

    /// <summary>A struct, at least one component.</summary>
    public sealed record Tuple : AbiType
    {
        public Tuple(IReadOnlyList<AbiParameter> components)
        {
            ArgumentOutOfRangeException.ThrowIfZero(components.Count);
            Components = components;
        }

        public IReadOnlyList<AbiParameter> Components { get; }

        public override bool IsDynamic => Components.Any(component => component.Type.IsDynamic);

        public override int HeadSize => IsDynamic ? WordSize : Components.Sum(component => component.Type.HeadSize);

        public override int Depth => Components.Max(component => component.Type.Depth) + 1;

        public override string CanonicalName =>
            $"({string.Join(',', Components.Select(component => component.Type.CanonicalName))})";
    }

    private static int RequireBits(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 256);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bits % 8, 0);
        return bits;
    }
}

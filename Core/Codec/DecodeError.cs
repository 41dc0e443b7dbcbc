namespace EnergyChain.Core.Codec;

/// <summary>Why bytes are not the canonical encoding of a value.</summary>
public enum DecodeError
{
    None,

    /// <summary>The bytes end inside a value.</summary>
    Truncated,

    /// <summary>Bytes are left after the value.</summary>
    TrailingBytes,

    /// <summary>A ULEB128 number is longer than it needs to be, or over 32 bits.</summary>
    NonCanonicalLength,

    /// <summary>A length is over its named limit.</summary>
    LengthOverLimit,

    /// <summary>A byte that stands for a bool or an option is neither 0 nor 1.</summary>
    BadFlag,

    /// <summary>An enum variant that does not exist.</summary>
    UnknownVariant,

    /// <summary>Text that is not UTF-8.</summary>
    BadText,

    /// <summary>Fields that are well-formed one by one and contradict each other.</summary>
    Inconsistent,
}

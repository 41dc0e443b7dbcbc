namespace EnergyChain.Contracts.Abi;

/// <summary>Bounds of an ABI that may come from anywhere; what is over them is refused. Ours are far below.</summary>
public static class AbiLimits
{
    /// <summary>Arrays and structs within each other.</summary>
    public const int MaxTypeDepth = 12;

    /// <summary>Items of an array whose length is part of its type.</summary>
    public const int MaxFixedLength = 4_096;

    /// <summary>Bytes that a type, or the parameters of a function together, take in the head.</summary>
    public const int MaxHeadBytes = 1024 * 1024;

    /// <summary>Parameters of a function or components of a struct.</summary>
    public const int MaxParameters = 128;

    /// <summary>Functions, events and errors of one ABI.</summary>
    public const int MaxEntries = 8_192;

    /// <summary>Characters of a name.</summary>
    public const int MaxNameLength = 256;
}

namespace EnergyChain.Contracts;

/// <summary>A type of solc's storage layout: what genesis needs of it.</summary>
/// <param name="Encoding">inplace, mapping, dynamic_array or bytes.</param>
/// <param name="NumberOfBytes">Bytes in its slot or slots.</param>
/// <param name="Value">Type of a mapping's value or an array's element, else null.</param>
/// <param name="Members">Members of a struct, else empty.</param>
public sealed record StorageType(
    string Encoding,
    int NumberOfBytes,
    string? Value,
    IReadOnlyList<StorageVariable> Members);

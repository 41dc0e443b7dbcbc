namespace EnergyChain.Client.Model;

/// <summary>A part of the canonical bytes of a genesis, and how many there are in all.</summary>
public sealed record GenesisPart(ReadOnlyMemory<byte> Bytes, ulong TotalBytes);

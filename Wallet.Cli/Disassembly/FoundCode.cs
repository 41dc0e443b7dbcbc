namespace EnergyChain.Wallet.Cli.Disassembly;

/// <summary>Code and where it was.</summary>
internal sealed record FoundCode(string Source, ReadOnlyMemory<byte> Code);

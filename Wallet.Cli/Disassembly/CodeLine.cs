namespace EnergyChain.Wallet.Cli.Disassembly;

/// <summary>An instruction, or some data, of a code.</summary>
/// <param name="Position">Of its first byte.</param>
/// <param name="Bytes">All its bytes: those of all lines together are the code.</param>
/// <param name="Mnemonic">The opcode's name; INVALID for a byte that is none, DATA for what is not code.</param>
internal sealed record CodeLine(int Position, ReadOnlyMemory<byte> Bytes, string Mnemonic)
{
    public const string Invalid = "INVALID";
    public const string Data = "DATA";

    /// <summary>Bytes after the opcode that belong to it; fewer than it wants where the code ends.</summary>
    public ReadOnlyMemory<byte> Operand { get; init; }

    /// <summary>Bytes of its operand that the code ends before; the machine takes them for zeros.</summary>
    public int MissingBytes { get; init; }

    /// <summary>Gas before what depends on operands; null where it is no opcode.</summary>
    public int? Gas { get; init; }

    /// <summary>Whether a jump may go here.</summary>
    public bool IsJumpDestination { get; init; }

    /// <summary>What it means, where that is known; else empty.</summary>
    public string Note { get; init; } = "";
}

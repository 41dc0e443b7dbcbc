using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Verification;

/// <summary>What verifying a chain showed.</summary>
internal sealed class VerifyReport
{
    public required Height From { get; init; }

    public required Height To { get; init; }

    /// <summary>Blocks found sound, from the first on.</summary>
    public ulong Blocks { get; set; }

    public ulong Transactions { get; set; }

    /// <summary>Memos that were signed and are gone: erased, which is no fault.</summary>
    public ulong ErasedMemos { get; set; }

    /// <summary>The first block that was executed; null for none.</summary>
    public Height? ExecutedFrom { get; set; }

    /// <summary>Blocks that were executed.</summary>
    public ulong Executed { get; set; }

    /// <summary>Blocks whose stored receipts were compared.</summary>
    public ulong Receipts { get; set; }

    /// <summary>The hash of the last sound block.</summary>
    public Hash32? HeadHash { get; set; }

    /// <summary>The state after it, where it was executed.</summary>
    public Hash32? StateRoot { get; set; }

    /// <summary>The first thing wrong; null for nothing.</summary>
    public ChainFault? Fault { get; set; }

    /// <summary>What an operator should know, one sentence each.</summary>
    public List<string> Notes { get; } = [];
}

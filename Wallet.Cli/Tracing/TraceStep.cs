using EnergyChain.Client.Model;
using EnergyChain.Contracts.Abi;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>A call or an event of a trace with what the ABIs say of it.</summary>
/// <param name="Entry">What the node told.</param>
/// <param name="Explained">The function or event; null where no ABI has it.</param>
internal sealed record TraceStep(TraceEntryInfo Entry, DecodedAbi? Explained)
{
    /// <summary>True where a call around it failed, or it itself did, so that nothing of it stayed.</summary>
    public bool IsUndone { get; init; }

    /// <summary>Of a call: its gas without that of the calls in it.</summary>
    public ulong OwnGas { get; set; }

    /// <summary>Of a call that reverted: its error; null where no ABI has it.</summary>
    public DecodedAbi? Error { get; init; }

    /// <summary>Of a call that succeeded: what it returned; null where no ABI tells.</summary>
    public IReadOnlyList<AbiValue>? Results { get; init; }
}

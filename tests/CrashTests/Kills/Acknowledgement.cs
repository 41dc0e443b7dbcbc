using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;

namespace EnergyChain.CrashTests.Kills;

/// <summary>What a client was told of a transaction that is final.</summary>
/// <param name="Id">The transaction.</param>
/// <param name="Height">Its block.</param>
/// <param name="Index">Its place in the block.</param>
/// <param name="Succeeded">Whether it did what it should.</param>
/// <param name="GasUsed">Gas that it used.</param>
/// <param name="By">The node that said so.</param>
internal sealed record Acknowledgement(
    Hash32 Id, ulong Height, uint? Index, bool Succeeded, ulong GasUsed, string By)
{
    public static Acknowledgement Of(Hash32 id, ReceiptInfo receipt, string by) =>
        new(id, receipt.Height.Value, receipt.Index, receipt.Succeeded, receipt.GasUsed.Value, by);

    /// <summary>Whether two nodes say the same.</summary>
    public bool Agrees(Acknowledgement other) => this == other with { By = By };
}

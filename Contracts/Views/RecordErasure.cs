using System.Globalization;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Views;

/// <summary>A final decision of the council that the record of a transaction is erased.</summary>
/// <param name="TransactionId">The transaction, be it in a block or not.</param>
/// <param name="Decision">The proposal that decided it.</param>
/// <param name="Height">The epoch at which it was decided.</param>
/// <param name="Ground">Why.</param>
public sealed record RecordErasure(Hash32 TransactionId, ulong Decision, Height Height, ErasureGround Ground)
{
    /// <summary>What a node says in the record's place.</summary>
    public string Sentence => string.Create(
        CultureInfo.InvariantCulture,
        $"erased by decision {Decision} of the council at height {Height} ({Ground.ToString().ToLowerInvariant()})");

    internal static RecordErasure Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new RecordErasure(
            new Hash32(v[0].AsBytes), v[1].AsUInt64, new Height(v[2].AsUInt64), (ErasureGround)v[3].AsByte);
    }
}

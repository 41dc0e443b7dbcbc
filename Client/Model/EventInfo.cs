using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>An event and where it happened.</summary>
/// <param name="Log">The event.</param>
/// <param name="Height">Its block.</param>
/// <param name="Time">The block's time.</param>
/// <param name="TransactionId">Its transaction.</param>
/// <param name="LogIndex">Its place among the events of the transaction, from 0.</param>
/// <param name="Site">The site that it is about; null where it names none, or where it came by the stream.</param>
/// <param name="Slot">The slot that it is about, as <paramref name="Site"/>.</param>
public sealed record EventInfo(
    LogInfo Log,
    Height Height,
    BlockTime Time,
    Hash32 TransactionId,
    uint LogIndex,
    uint? Site = null,
    ulong? Slot = null);

using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>A transaction and what became of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">How far it is.</param>
/// <param name="Body">What was signed; null where the node does not know it.</param>
/// <param name="Receipt">What executing it did; null before it is final.</param>
public sealed record TransactionInfo(
    Hash32 Id, TransactionState State, TransactionBodyInfo? Body, ReceiptInfo? Receipt);

using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>A record that an answer leaves out because the council had it erased.</summary>
/// <param name="TransactionId">Its transaction.</param>
/// <param name="Decision">The council's proposal that decided it.</param>
/// <param name="Height">The height at which it was decided.</param>
/// <param name="Sentence">The node's words for it.</param>
public sealed record ErasedInfo(Hash32 TransactionId, ulong Decision, Height Height, string Sentence);

using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>What a node said to a transaction.</summary>
/// <param name="Id">The transaction's id.</param>
/// <param name="Refusal">None where it was admitted.</param>
/// <param name="Detail">The refusal in a sentence with its figures; empty where it was admitted.</param>
public sealed record SubmitResult(Hash32 Id, TransactionRefusal Refusal, string Detail);

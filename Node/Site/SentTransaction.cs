using EnergyChain.Core.Chain;

namespace EnergyChain.Node.Site;

/// <summary>What became of a transaction of the agent.</summary>
/// <param name="Purpose">What it was for, as log lines say it.</param>
/// <param name="Refusal">Why the node did not take it; None where it did.</param>
/// <param name="Receipt">Its receipt once it is in a block; null where it was refused or expired.</param>
public sealed record SentTransaction(string Purpose, TransactionRefusal Refusal, Receipt? Receipt)
{
    public bool Succeeded => Receipt is { Succeeded: true };

    /// <summary>Neither refused nor in a block before its last height.</summary>
    public bool Expired => Refusal == TransactionRefusal.None && Receipt is null;
}

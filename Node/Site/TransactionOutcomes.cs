using EnergyChain.Contracts;
using EnergyChain.Core.Chain;

namespace EnergyChain.Node.Site;

/// <summary>Says what became of a site's transaction, a line each.</summary>
internal static class TransactionOutcomes
{
    public static void Report(ILogger logger, string name, SentTransaction sent)
    {
        if (sent.Refusal != TransactionRefusal.None)
        {
            logger.Refused(name, sent.Purpose, sent.Refusal);
        }
        else if (sent.Receipt is not { } receipt)
        {
            logger.Expired(name, sent.Purpose);
        }
        else if (receipt.Succeeded)
        {
            logger.Final(name, sent.Purpose);
        }
        else
        {
            logger.Reverted(name, sent.Purpose, ReasonOf(receipt));
        }
    }

    /// <summary>Why this node does not take a transaction of its own site, for the operator.</summary>
    public static string ReasonOf(TransactionRefusal refusal) => refusal switch
    {
        TransactionRefusal.InsufficientBalance => "The site's account cannot pay the fee: send it money.",
        TransactionRefusal.NotPermitted => "The device or the account may not write: ask the council.",
        TransactionRefusal.NotReady => "The node is catching up or stopping.",
        TransactionRefusal.PoolFull or TransactionRefusal.Overloaded or TransactionRefusal.BlockFull =>
            "The network is busy.",
        TransactionRefusal.SenderPoolFull => "Too many earlier transactions of the site wait for a block.",
        _ => $"The node refuses it: {refusal}.",
    };

    /// <summary>Why a transaction failed, in words where the contract says why.</summary>
    public static string ReasonOf(Receipt receipt) =>
        receipt.Output.IsEmpty ? "out of gas" : ContractErrors.Describe(receipt.Output.Span);

    /// <summary>Whether a transaction failed with one of the contracts' own errors.</summary>
    public static bool FailedWith(SentTransaction sent, string error) =>
        sent.Receipt is { Succeeded: false } receipt
        && ContractErrors.TryName(receipt.Output.Span, out string name)
        && name == error;
}

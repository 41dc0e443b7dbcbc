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

    /// <summary>Why a transaction failed, in words where the contract says why.</summary>
    public static string ReasonOf(Receipt receipt) =>
        receipt.Output.IsEmpty ? "out of gas" : ContractErrors.Describe(receipt.Output.Span);

    /// <summary>Whether a transaction failed with one of the contracts' own errors.</summary>
    public static bool FailedWith(SentTransaction sent, string error) =>
        sent.Receipt is { Succeeded: false } receipt
        && ContractErrors.TryName(receipt.Output.Span, out string name)
        && name == error;
}

namespace EnergyChain.Wallet.Cli.Output;

/// <summary>What every command that sends a transaction prints.</summary>
internal static class SentReport
{
    /// <param name="sent">The transaction.</param>
    /// <param name="what">What the command did, for machines.</param>
    /// <param name="sentence">What it did, for people, without the full stop.</param>
    public static Report Of(SentTransaction sent, object what, string sentence)
    {
        string outcome = sent.Receipt is { } receipt
            ? $"{sentence}. Final at height {receipt.Height}, fee {View.Coin(receipt.Fee)}."
            : $"{sentence}. Not waited for; look with 'transaction {sent.Id}'.";
        return new Report(
            new
            {
                TransactionId = sent.Id,
                State = sent.Receipt is null ? "pending" : "final",
                sent.Receipt?.Height,
                sent.Receipt?.GasUsed,
                sent.Receipt?.Fee,
                Result = what,
            },
            View.Sentence(outcome),
            View.Pairs(("transaction", sent.Id.ToString())));
    }
}

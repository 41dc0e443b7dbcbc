using System.Numerics;
using EnergyChain.Client;
using EnergyChain.Client.Keys;
using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Wallet.Cli.Output;
using Spectre.Console;

namespace EnergyChain.Wallet.Cli;

/// <summary>The way of every transaction of the wallet: trial run, consent, signature, submission, finality.</summary>
internal sealed class TransactionSender(WalletContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="draft">What it shall do.</param>
    /// <param name="facts">What the user is asked to consent to; the fee is added.</param>
    /// <param name="cancellationToken">Ends the waiting; what was sent stays sent.</param>
    public async Task<SentTransaction> SendAsync(
        TransactionDraft draft, (string Label, string Value)[] facts, CancellationToken cancellationToken)
    {
        KeyDescription key = context.Key();
        AccountInfo account = await context.Node.GetAccountAsync(key.Address, cancellationToken);
        RequireBalance(account, draft.Value.ToBigInteger(), "");
        PreparedTransaction prepared = await new TransactionBuilder(context.Node).PrepareAsync(
            draft, key.Address, cancellationToken);
        BigInteger need = draft.Value.ToBigInteger() + prepared.MaxFee.ToBigInteger();
        RequireBalance(account, need, $" (at most {View.Coin(prepared.MaxFee)} of it for gas)");
        Ask(key, facts, prepared);

        string password = context.Password($"Password of key {key.Name}:");
        using SigningKey signingKey = context.Keystore.Unlock(key.Name, password);
        Transaction transaction = prepared.Sign(signingKey);
        SubmitResult answer = await context.Node.SubmitAsync(transaction, cancellationToken);
        if (answer.Refusal != TransactionRefusal.None)
        {
            throw new WalletException(ExitCode.Refused, $"The node refused it ({answer.Refusal}): {answer.Detail}");
        }

        ReceiptInfo? receipt = context.NoWait ? null : await WaitAsync(transaction, cancellationToken);
        return new SentTransaction(transaction.Id, key.Address, prepared.MaxFee, receipt);
    }

    private static void RequireBalance(AccountInfo account, BigInteger need, string of)
    {
        if (account.Balance.ToBigInteger() < need)
        {
            throw new WalletException(
                ExitCode.Refused,
                $"{account.Address} has {View.Coin(account.Balance)} and needs "
                + $"{View.Coin(UInt256.FromBigInteger(need))}{of}.");
        }
    }

    private void Ask(KeyDescription key, (string Label, string Value)[] facts, PreparedTransaction prepared)
    {
        if (context.Yes)
        {
            return;
        }

        if (!context.Json && context.Host.IsInteractive)
        {
            context.Host.Errors.Write(View.Pairs(
            [
                .. facts,
                ("from", $"{key.Name} {key.Address}"),
                ("fee", $"about {View.Coin(prepared.ExpectedFee)}, at most {View.Coin(prepared.MaxFee)}"),
            ]));
        }

        context.Confirm("Send it?");
    }

    private async Task<ReceiptInfo> WaitAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        Task<TransactionInfo> waiting = context.Node.WaitForTransactionAsync(
            transaction.Id, Patience, cancellationToken);
        TransactionInfo info = context.Host.IsInteractive && !context.Json
            ? await context.Host.Errors.Status().StartAsync(
                $"Waiting until {View.Short(transaction.Id)} is final", _ => waiting)
            : await waiting;
        ReceiptInfo receipt = info.Receipt ?? throw new WalletException(
            ExitCode.NotFinal,
            $"Transaction {transaction.Id} was sent and is {info.State.ToString().ToLowerInvariant()}; it can still "
            + $"become final until height {transaction.Body.ValidUntil}. Look with 'transaction {transaction.Id}'.");
        return receipt.Succeeded
            ? receipt
            : throw new WalletException(
                ExitCode.Reverted,
                $"Transaction {transaction.Id} is final at height {receipt.Height} and failed: {receipt.Failure}. "
                + $"Its gas cost {View.Coin(receipt.Fee)}.");
    }
}

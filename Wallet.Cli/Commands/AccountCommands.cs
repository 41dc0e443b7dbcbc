using System.CommandLine;
using System.Text;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;

namespace EnergyChain.Wallet.Cli.Commands;

/// <summary>balance, account, history, send.</summary>
internal static class AccountCommands
{
    public static void AddTo(Command root, CommandFactory factory)
    {
        Argument<string?> who = Who();
        root.Subcommands.Add(factory.Make(
            "balance",
            "Show the coin of an account",
            (parsed, context, token) => BalanceAsync(context, parsed.GetValue(who), token),
            who));
        Argument<string?> account = Who();
        root.Subcommands.Add(factory.Make(
            "account",
            "Show an account: coin, nonce, code, site",
            (parsed, context, token) => AccountAsync(context, parsed.GetValue(account), token),
            account));
        Argument<string?> owner = Who();
        Option<uint> limit = Inputs.Limit();
        root.Subcommands.Add(factory.Make(
            "history",
            "Show the transactions of an account, newest first",
            (parsed, context, token) => HistoryAsync(context, parsed.GetValue(owner), parsed.GetValue(limit), token),
            owner,
            limit));
        root.Subcommands.Add(MakeSend(factory));
    }

    private static Argument<string?> Who() => new("account")
    {
        Description = "Address, key or name [your key]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static Command MakeSend(CommandFactory factory)
    {
        Argument<string> to = new("to") { Description = "Address, key or name" };
        Argument<string> amount = new("amount") { Description = "Coin in ENC, such as 1.25" };
        Option<string?> memo = new("--memo")
        {
            Description = "A text beside the transaction; nodes may erase it later",
            HelpName = "TEXT",
        };
        return factory.Make(
            "send",
            "Send coin",
            (parsed, context, token) => SendAsync(
                context,
                parsed.GetRequiredValue(to),
                Inputs.Coin(parsed.GetRequiredValue(amount)),
                parsed.GetValue(memo),
                token),
            to,
            amount,
            memo);
    }

    private static async Task<Report> BalanceAsync(WalletContext context, string? who, CancellationToken token)
    {
        AccountInfo account = await context.Node.GetAccountAsync(context.ResolveOrOwn(who), token);
        return new Report(
            new { account.Address, account.Balance, account.Height },
            View.Sentence(View.Coin(account.Balance)));
    }

    private static async Task<Report> AccountAsync(WalletContext context, string? who, CancellationToken token)
    {
        AccountInfo account = await context.Node.GetAccountAsync(context.ResolveOrOwn(who), token);
        uint? site = account.CodeBytes == 0 ? await context.Market.FindSiteAsync(account.Address, token) : null;
        return new Report(
            new
            {
                account.Address,
                account.Balance,
                account.Nonce,
                NextNonce = context.Verify ? (ulong?)null : account.NextNonce,
                account.CodeBytes,
                account.Exists,
                Site = site,
                account.Height,
            },
            View.Pairs(
                ("address", account.Address.ToString()),
                ("balance", View.Coin(account.Balance)),
                ("nonce", context.Verify
                    ? View.Number(account.Nonce)
                    : $"{account.Nonce}, next {account.NextNonce}"),
                ("kind", account.CodeBytes > 0 ? $"contract, {account.CodeBytes} bytes" : "account"),
                ("site", site is { } number ? View.Number(number) : "none"),
                ("at height", account.Height.ToString())));
    }

    private static async Task<Report> HistoryAsync(
        WalletContext context, string? who, uint limit, CancellationToken token)
    {
        Address address = context.ResolveOrOwn(who);
        PageOf<TransferInfo> page = await context.Node.ListTransactionsAsync(
            new HistoryQuery { Account = address, PageSize = Inputs.Rows(limit) }, token);
        return new Report(
            new { Account = address, Transactions = page.Rows },
            View.Table(
                [">height", "time", "transaction", "from", "to", ">value", ">fee", "result"],
                [.. page.Rows.Select(row => new[]
                {
                    row.Height.ToString(), View.Time(row.Time), View.Short(row.Id), row.Sender.ToString(),
                    row.To?.ToString() ?? "(creates)", View.Coin(row.Value), View.Coin(row.Fee),
                    row.Succeeded ? "ok" : "failed",
                })],
                $"{address} has no transactions."));
    }

    private static async Task<Report> SendAsync(
        WalletContext context, string to, UInt256 amount, string? memo, CancellationToken token)
    {
        Address recipient = context.Resolve(to);
        int memoLength = Encoding.UTF8.GetByteCount(memo ?? "");
        if (memoLength > MemoText.MaxTextBytes)
        {
            throw new WalletException(
                ExitCode.Usage, $"The memo has {memoLength} bytes; at most {MemoText.MaxTextBytes} are taken.");
        }

        TransactionDraft draft = new()
        {
            To = recipient,
            Value = amount,

            // Not a plain null, which would convert to a memo of no bytes.
            Memo = memo is null ? default(ReadOnlyMemory<byte>?) : MemoText.Encode(memo),
        };
        SentTransaction sent = await new TransactionSender(context).SendAsync(
            draft, [("send", View.Coin(amount)), ("to", recipient.ToString())], token);
        return SentReport.Of(
            sent,
            new { From = sent.Sender, To = recipient, Value = amount },
            $"Sent {View.Coin(amount)} to {recipient}");
    }
}

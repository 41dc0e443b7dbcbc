using EnergyChain.Client.Model;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;
using Spectre.Console.Rendering;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>Shows what a transaction did, or a call would do.</summary>
/// <param name="context">The wallet.</param>
/// <param name="abis">Explains calls, events and errors.</param>
/// <param name="withGas">Whether to add the table of gas.</param>
internal sealed class TraceViews(WalletContext context, AbiBook abis, bool withGas)
{
    private readonly AccountNames _names = AccountNames.Of(context, abis);
    private readonly TraceText _text = new(AccountNames.Of(context, abis));

    public async Task<Report> TransactionAsync(string idText, CancellationToken cancellationToken)
    {
        if (!Hash32.TryParse(idText, out Hash32 id))
        {
            throw new WalletException(ExitCode.Usage, $"'{idText}' is no transaction id: it has 0x and 64 hex digits.");
        }

        TraceInfo trace = await context.Node.TraceTransactionAsync(id, cancellationToken);
        TransactionInfo info = await context.Node.GetTransactionAsync(id, cancellationToken);
        TraceSubject subject = new(
            id, info.Body?.Sender, info.Body?.FeePayer ?? info.Body?.Sender, info.Receipt?.Fee);
        List<(string, string)> facts = [("transaction", id.ToString())];
        facts.Add(("block", info.Receipt is { } receipt
            ? $"{trace.Height}, place {receipt.Index}, {View.Time(receipt.Time)}"
            : trace.Height.ToString()));
        return ReportOf(trace, subject, facts);
    }

    public async Task<Report> CallAsync(CallMessage message, CancellationToken cancellationToken)
    {
        TraceInfo trace = await context.Node.TraceCallAsync(message, cancellationToken);
        return ReportOf(
            trace,
            new TraceSubject(null, message.From, null, null),
            [("call", $"on the state after height {trace.Height}; nothing was sent")]);
    }

    private Report ReportOf(TraceInfo trace, TraceSubject subject, List<(string, string)> facts)
    {
        IReadOnlyList<TraceStep> steps = TraceReading.Of(trace, abis);
        IReadOnlyList<GasRow> gas = GasTable.Rows(steps, _names);
        AddOutcome(facts, trace, subject, steps);
        List<IRenderable> view = [View.Pairs([.. facts])];
        view.Add(steps.Count > 0
            ? new TraceTree(_text).Draw(steps)
            : View.Sentence("Nothing ran: the block holds it though it broke the rules, and every node skipped it."));
        if (trace.IsTruncated)
        {
            view.Add(View.Sentence(
                "The node left out what was over its limits for one trace; gas of calls left out is shown as their "
                + "caller's own."));
        }

        if (withGas)
        {
            view.Add(GasTable.Draw(gas, trace));
        }

        return new Report(
            new
            {
                subject.TransactionId,
                subject.From,
                subject.FeePayer,
                subject.Fee,
                trace.Height,
                trace.Succeeded,
                Failure = trace.Succeeded ? null : FailureOf(trace, steps),
                trace.GasUsed,
                trace.IntrinsicGas,
                trace.GasRefunded,
                Truncated = trace.IsTruncated,
                Entries = steps.Select(step => TraceJson.Of(step, _names)),
                GasByFunction = gas,
            },
            [.. view]);
    }

    private void AddOutcome(
        List<(string, string)> facts, TraceInfo trace, TraceSubject subject, IReadOnlyList<TraceStep> steps)
    {
        if (subject.From is { } from)
        {
            facts.Add(("from", _names.Of(from)));
        }

        facts.Add(("result", trace.Succeeded ? "ok" : $"failed: {FailureOf(trace, steps)}"));
        ulong calls = steps.Count > 0 ? ((TraceEntryInfo.Call)steps[0].Entry).GasUsed.Value : 0;
        string refund = trace.GasRefunded.Value > 0 ? $" - {TraceText.Count(trace.GasRefunded.Value)} refunded" : "";
        facts.Add((
            "gas",
            $"{TraceText.Count(trace.GasUsed.Value)} = {TraceText.Count(trace.IntrinsicGas.Value)} before the first "
            + $"opcode + {TraceText.Count(calls)} in calls{refund}"));
        if (subject is { Fee: { } fee, FeePayer: { } payer })
        {
            facts.Add(("fee", $"{View.Coin(fee)}, paid by {_names.Of(payer)}"));
        }
    }

    /// <summary>
    /// The ABI files may know an error that the node does not, and only the trace tells an invalid opcode from too
    /// little gas: the receipt has neither.
    /// </summary>
    private string FailureOf(TraceInfo trace, IReadOnlyList<TraceStep> steps)
    {
        if (steps.Count == 0 || steps[0].Entry is not TraceEntryInfo.Call { Failure.Length: > 0 } root)
        {
            return trace.Failure;
        }

        bool isUnexplained = steps[0].Error is null && root.Failure == TraceReading.Reverted;
        bool isReasonTold = trace.Failure.Length > 0 && trace.Failure != TraceReading.Reverted;
        return isUnexplained
            ? isReasonTold ? trace.Failure : "reverted without a reason"
            : _text.Failure(steps[0], root);
    }
}

using System.Globalization;
using EnergyChain.Client.Model;
using EnergyChain.Wallet.Cli.Output;
using Spectre.Console.Rendering;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>Where the gas of a trace went, by contract and function, most first.</summary>
internal static class GasTable
{
    public static IReadOnlyList<GasRow> Rows(IReadOnlyList<TraceStep> steps, AccountNames names) =>
    [
        .. steps.Where(step => step.Entry is TraceEntryInfo.Call { Kind: not TracedCallKind.Selfdestruct })
            .GroupBy(step => KeyOf(step, (TraceEntryInfo.Call)step.Entry, names))
            .Select(group => new GasRow(
                group.Key.Contract, group.Key.Function, group.Count(), Sum(group.Select(step => step.OwnGas))))
            .OrderByDescending(row => row.Gas)
            .ThenBy(row => row.Contract, StringComparer.Ordinal)
            .ThenBy(row => row.Function, StringComparer.Ordinal),
    ];

    public static IRenderable Draw(IReadOnlyList<GasRow> rows, TraceInfo trace)
    {
        List<string[]> cells =
        [
            .. rows.Select(row => new[]
            {
                row.Contract, row.Function, row.Calls.ToString(CultureInfo.InvariantCulture),
                TraceText.Count(row.Gas), Share(row.Gas, trace),
            }),
            ["(transaction)", "before the first opcode", "", TraceText.Count(trace.IntrinsicGas.Value),
                Share(trace.IntrinsicGas.Value, trace)],
        ];
        if (trace.GasRefunded.Value > 0)
        {
            cells.Add(["(transaction)", "refunded", "", "-" + TraceText.Count(trace.GasRefunded.Value), ""]);
        }

        return View.Table(["contract", "function", ">calls", ">gas", ">share"], cells, "");
    }

    private static (string Contract, string Function) KeyOf(
        TraceStep step, TraceEntryInfo.Call call, AccountNames names)
    {
        string function = call.Kind is TracedCallKind.Create or TracedCallKind.Create2 ? "(constructor)"
            : step.Explained?.Name
            ?? (call.InputBytes == 0 ? "(no data)" : "(unknown)");
        return (names.Of(call.To), function);
    }

    private static ulong Sum(IEnumerable<ulong> gas)
    {
        ulong sum = 0;
        foreach (ulong one in gas)
        {
            sum += Math.Min(one, ulong.MaxValue - sum);
        }

        return sum;
    }

    // Shares of what was paid and what came back, in tenths of a percent and in whole numbers.
    private static string Share(ulong gas, TraceInfo trace)
    {
        UInt128 all = (UInt128)trace.GasUsed.Value + trace.GasRefunded.Value;
        UInt128 tenths = all == 0 ? 0 : (UInt128)gas * 1000 / all;
        return $"{tenths / 10}.{tenths % 10} %";
    }
}

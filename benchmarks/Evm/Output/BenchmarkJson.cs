using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnergyChain.Benchmarks.Evm.Output;

/// <summary>One document; its names are stable and carry the units (docs/vm.md).</summary>
internal static class BenchmarkJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Serialize(BenchmarkReport report) => JsonSerializer.Serialize(
        new
        {
            Runtime = RuntimeInformation.FrameworkDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            Processors = Environment.ProcessorCount,
            report.Rounds,
            report.Failed,
            Rows = report.Rows.Select(RowOf),
            Revm = report.AnvilVersion is null ? null : RevmOf(report),
            MarketTransactions = MarketOf(report),
        },
        Options);

    private static object RowOf(BenchmarkRow row) => new
    {
        row.Name,
        Group = JsonNamingPolicy.CamelCase.ConvertName(row.Group.ToString()),
        Checked = row.IsChecked,
        row.Mistake,
        row.Gas,
        row.Calls,
        MedianNanoseconds = row.Nanoseconds.Median,
        MinimumNanoseconds = row.Nanoseconds.Minimum,
        MaximumNanoseconds = row.Nanoseconds.Maximum,
        row.MegagasPerSecond,
        row.NanosecondsPerGas,
        MicrosecondsPerCall = row.NanosecondsPerCall / 1000,
        AllocatedBytesPerCall = row.AllocatedBytes / row.Calls,
        row.CoreShare,
        Revm = row.Revm is not { } revm
            ? null
            : new
            {
                MedianNanoseconds = revm.Nanoseconds.Median,
                MinimumNanoseconds = revm.Nanoseconds.Minimum,
                MaximumNanoseconds = revm.Nanoseconds.Maximum,
                MedianEmptyCallNanoseconds = revm.EmptyNanoseconds.Median,
                MegagasPerSecond = row.RevmMegagasPerSecond,
                row.Ratio,
                row.BestRatio,
            },
    };

    private static object RevmOf(BenchmarkReport report) => new
    {
        Version = report.AnvilVersion,
        Workloads = RatiosOf(report, BenchmarkGroup.Workloads),
        Precompiles = RatiosOf(report, BenchmarkGroup.Precompiles),
    };

    private static object RatiosOf(BenchmarkReport report, BenchmarkGroup group) => new
    {
        GeometricMeanRatio = report.Mean(group, static row => row.Ratio),
        MinimumRatio = report.Least(group, static row => row.Ratio),
        GeometricMeanBestRatio = report.Mean(group, static row => row.BestRatio),
        MinimumBestRatio = report.Least(group, static row => row.BestRatio),
    };

    private static object? MarketOf(BenchmarkReport report) => report.OrderBlock is not { } block
        ? null
        : new
        {
            Transactions = block.Calls,
            ExecutionMedianMilliseconds = block.Nanoseconds.Median / 1e6,
            StateTreeMedianMilliseconds = report.StateTreeNanoseconds?.Median / 1e6,
        };
}

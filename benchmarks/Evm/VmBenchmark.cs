using EnergyChain.Benchmarks.Evm.Market;
using EnergyChain.Benchmarks.Evm.Output;
using EnergyChain.Benchmarks.Evm.Revm;

namespace EnergyChain.Benchmarks.Evm;

/// <summary>A whole run: gathers the cases, starts the other side, measures.</summary>
internal static class VmBenchmark
{
    /// <summary>
    /// Throws <see cref="BenchmarkException"/> for what the person at the keyboard has to mend, and
    /// <see cref="WrongResultException"/> where the market's contracts go wrong before anything is measured.
    /// </summary>
    public static async Task<BenchmarkReport> RunAsync(
        VmBenchmarkOptions options, TextWriter progress, CancellationToken cancellationToken)
    {
        string? path = options.Anvil ? AnvilLocator.Locate(options.AnvilPath) : null;
        IReadOnlyList<BenchmarkCase> cases = Choose(options, progress);
        if (path is null)
        {
            return await RunAsync(options, cases, null, progress, cancellationToken);
        }

        await using RevmPartner revm = await RevmPartner.StartAsync(path, cancellationToken);
        await progress.WriteLineAsync($"{revm.Version} at {path}");
        return await RunAsync(options, cases, revm, progress, cancellationToken);
    }

    private static async Task<BenchmarkReport> RunAsync(
        VmBenchmarkOptions options,
        IReadOnlyList<BenchmarkCase> cases,
        RevmPartner? revm,
        TextWriter progress,
        CancellationToken cancellationToken)
    {
        BenchmarkRunner runner = new(options.Rounds, revm, progress);
        IReadOnlyList<BenchmarkRow> rows = await runner.RunAsync(cases, cancellationToken);
        BlockCase? orders = cases.OfType<BlockCase>().FirstOrDefault(one => one.Calls == MarketStory.OrdersOfBlock);
        Spread? stateTree = orders is null
            ? null
            : Spread.Of([.. Enumerable.Range(0, options.Rounds).Select(_ => orders.MeasureStateUpdate())]);
        return new BenchmarkReport(options.Rounds, rows, revm?.Version, stateTree);
    }

    private static IReadOnlyList<BenchmarkCase> Choose(VmBenchmarkOptions options, TextWriter progress)
    {
        List<BenchmarkCase> cases = [];
        if (WorkloadFile.Locate(options.Vectors) is string path)
        {
            cases.AddRange(WorkloadFile.Read(path));
        }
        else
        {
            progress.WriteLine(
                "../shared/vectors/evm-bench/bench.json is absent: the published workloads are left out "
                + "(--vectors DIR names another folder).");
        }

        cases.AddRange(PrecompileCases.Create());
        progress.WriteLine("preparing the market");
        cases.AddRange(MarketStory.Create());
        if (options.Only.FirstOrDefault(name => !cases.Exists(one => IsNamed(one, name))) is string unknown)
        {
            throw new BenchmarkException(
                $"--only {unknown}: no such row; there are {string.Join(", ", cases.Select(one => one.Name))}.");
        }

        return options.Only.Count == 0
            ? cases
            : cases.FindAll(one => options.Only.Any(name => IsNamed(one, name)));
    }

    private static bool IsNamed(BenchmarkCase one, string name) =>
        name.Equals(one.Name, StringComparison.OrdinalIgnoreCase)
        || name.Equals(one.Group.ToString(), StringComparison.OrdinalIgnoreCase);
}

using System.Globalization;
using EnergyChain.Benchmarks.Evm;
using EnergyChain.Processes.Links;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>A whole run: the cases one after the other, each on a network of its own.</summary>
internal static class FaultsBenchmark
{
    private const string LoadFile = "/proc/loadavg";

    /// <summary>Throws <see cref="BenchmarkException"/> for what the person at the keyboard has to mend.</summary>
    public static async Task<IReadOnlyList<FaultFigure>> RunAsync(
        FaultsOptions options, TextWriter progress, CancellationToken cancellationToken)
    {
        List<FaultFigure> figures = [];
        foreach (IFaultCase one in await ChooseAsync(options, progress))
        {
            cancellationToken.ThrowIfCancellationRequested();
            double? load = LoadAverage();
            string busy = load?.ToString("F1", CultureInfo.InvariantCulture) ?? "unknown";
            await progress.WriteLineAsync($"{one.Name} (load average {busy})");
            IReadOnlyList<FaultFigure> measured = await one.MeasureAsync(options, progress);
            figures.AddRange(measured.Select(figure => figure with { LoadBefore = load }));
        }

        return figures;
    }

    private static async Task<IReadOnlyList<IFaultCase>> ChooseAsync(
        FaultsOptions options, TextWriter progress)
    {
        List<IFaultCase> cases =
        [
            new CrashedProposer(),
            new HealedPartition("heal", ProxiesAsync, isLong: false),
            new HealedPartition("heal-long", ProxiesAsync, isLong: true),
        ];
        if (await NamespaceProbe.MissingAsync() is { } missing)
        {
            await progress.WriteLineAsync($"heal-kernel is left out: {missing}");
        }
        else
        {
            cases.Add(new HealedPartition("heal-kernel", NamespacesAsync, isLong: false));
            cases.Add(new HealedPartition("heal-kernel-long", NamespacesAsync, isLong: true));
        }

        cases.AddRange([new RestartUnderLoad(), new DelayedNetwork(4), new DelayedNetwork(7)]);
        if (options.Only.FirstOrDefault(name => !cases.Exists(one => one.Name == name)) is string unknown)
        {
            throw new BenchmarkException(
                $"--only {unknown}: no such case; there are {string.Join(", ", cases.Select(one => one.Name))}.");
        }

        return options.Only.Count == 0 ? cases : cases.FindAll(one => options.Only.Contains(one.Name));
    }

    private static Task<IFabric> ProxiesAsync(IEnumerable<string> nodes) =>
        Task.FromResult<IFabric>(new ProxyFabric(nodes));

    private static async Task<IFabric> NamespacesAsync(IEnumerable<string> nodes) =>
        await NamespaceFabric.CreateAsync(nodes);

    private static double? LoadAverage() =>
        File.Exists(LoadFile)
        && double.TryParse(
            File.ReadAllText(LoadFile).Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double load)
            ? load
            : null;
}

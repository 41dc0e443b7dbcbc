using System.Diagnostics;
using EnergyChain.Node.Index;
using EnergyChain.Node.Index.Parts;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Index;

/// <summary>
/// Builds the history index of a chain under full load from its logs, merges included, and asks it. Processor time of
/// all threads is what counts as one core, so that other load on the machine changes little.
/// </summary>
internal sealed class IndexBenchmark(string folder, IndexWorkload workload, int transactions)
{
    private const int BlockTransactions = 4_000;
    private const double LeastPerCoreSecond = 4_000;
    private const double MostManagedMiB = 256;
    private const double MostResidentMiB = 512;
    private const double MostLiveMiB = 128;
    private const double MostGrowthMiB = 16;
    private const int Points = 25;
    private const double GrownUp = 0.3;
    private const double MostQueryMs = 100;
    private const double MiB = 1024 * 1024;
    private const int Queries = 200;

    private readonly Process _process = Process.GetCurrentProcess();
    private readonly List<double> _live = [];
    private double _peakManaged;
    private double _peakResident;
    private TimeSpan _measuring;

    public IReadOnlyList<IndexFigure> Run()
    {
        using IndexChain chain = new(folder, workload);
        for (int left = transactions; left > 0; left -= BlockTransactions)
        {
            chain.Append(Math.Min(left, BlockTransactions));
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Sample();
        double before = _peakResident;
        _peakManaged = 0;
        IndexTuning tuning = new() { ReadAhead = 1 };
        LogIndexSource source = new(chain.Blocks, chain.Receipts);
        string parts = Path.Combine(folder, "index");
        using IndexStore store = IndexStore.Open(
            new PhysicalDisk(), parts, IndexChain.GenesisHash, tuning, NullLogger.Instance);
        TimeSpan cpuBefore = Cpu();
        long began = Stopwatch.GetTimestamp();
        Fill(store, new IndexFiller(store, source, tuning, keepFrom: null));
        double wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double cpu = (Cpu() - cpuBefore - _measuring).TotalSeconds;
        int grown = Math.Max(1, (int)(_live.Count * GrownUp));
        double first = _live.Take(grown).DefaultIfEmpty().Max();
        double rest = _live.Skip(grown).DefaultIfEmpty().Max();
        long bytes = Directory.GetFiles(parts).Sum(static file => new FileInfo(file).Length);
        return
        [
            IndexFigure.AtLeast("transactions a second of one core", transactions / cpu, "/s", LeastPerCoreSecond),
            IndexFigure.Told("transactions a second by the clock", transactions / wall, "/s"),
            IndexFigure.Told("processor time per transaction", cpu * 1_000_000 / transactions, "us"),
            IndexFigure.Told("bytes in files per transaction", (double)bytes / transactions, "B"),
            IndexFigure.Told("files", store.Files, ""),
            IndexFigure.AtMost(
                "live memory after a collection, highest", Math.Max(first, rest), "MiB", MostLiveMiB),
            IndexFigure.Told("live memory, highest in the first 30 %", first, "MiB"),
            IndexFigure.AtMost("live memory, more in the rest", Math.Max(0, rest - first), "MiB", MostGrowthMiB),
            IndexFigure.AtMost("managed memory with garbage, highest", _peakManaged, "MiB", MostManagedMiB),
            IndexFigure.AtMost("resident memory, highest", _peakResident, "MiB", MostResidentMiB),
            IndexFigure.Told("resident memory before", before, "MiB"),
            .. Ask(store, chain),
        ];
    }

    private void Fill(IndexStore store, IndexFiller filler)
    {
        int blocks = 0;
        int point = Math.Max(1, transactions / BlockTransactions / Points);
        bool isMergeDue = true;
        while (isMergeDue)
        {
            filler.FillToEnd(
                () =>
                {
                    if (++blocks % 10 == 0)
                    {
                        Sample();
                    }

                    if (blocks % point == 0)
                    {
                        SampleLive();
                    }

                    return store.MergeCandidates().Count > 0;
                },
                CancellationToken.None);
            IReadOnlyList<FilePart> candidates = store.MergeCandidates();
            isMergeDue = candidates.Count > 0;
            if (isMergeDue)
            {
                store.Merge(candidates, CancellationToken.None);
                Sample();
            }
        }
    }

    private List<IndexFigure> Ask(IndexStore store, IndexChain chain)
    {
        List<IndexFigure> figures = [];
        Measure(figures, "transactions of an account", query => Take(
            store,
            IndexKey.Of(IndexList.TransactionsByAccount, chain.Addresses[query * 97 % IndexChain.Accounts]),
            (reader, position) => new HistoryMessages(reader).Transaction(position)));
        if (workload == IndexWorkload.Transfer)
        {
            return figures;
        }

        Measure(figures, "events of a site", query => Take(
            store,
            IndexKey.Of(IndexList.EventsBySite, (ulong)(query * 31 % IndexChain.Sites) + 1),
            (reader, position) => new HistoryMessages(reader).Event(position)));
        ulong slots = chain.Blocks.Last.Value / 10;
        if (workload == IndexWorkload.Order)
        {
            Measure(figures, "orders of an account", query => Take(
                store,
                IndexKey.Of(IndexList.OrdersByAccount, chain.Addresses[query * 97 % IndexChain.Accounts]),
                (reader, position) => new MarketHistory(reader).Order(position)));
            Measure(figures, "trades of a slot", query => Take(
                store,
                IndexKey.Of(IndexList.TradesBySlot, IndexChain.SlotOf(10 * (1 + ((ulong)query % Math.Max(1, slots))))),
                (reader, position) => new MarketHistory(reader).Trade(position)));
        }
        else
        {
            Measure(figures, "readings of a site", query => Take(
                store,
                IndexKey.Of(IndexList.ReadingsBySite, (ulong)(query * 31 % IndexChain.Sites) + 1),
                (reader, position) => new MarketHistory(reader).Reading(position)));
        }

        return figures;
    }

    private static int Take(IndexStore store, IndexKey key, Func<IndexReader, ulong, object?> read)
    {
        const int pageRows = 50;
        IndexReader reader = new(store);
        int found = reader.Down(key, IndexPosition.Last)
            .Take(pageRows)
            .Count(position => read(reader, position) is not null);
        return found > 0 ? found : throw new InvalidOperationException($"Nothing was found under {key}.");
    }

    private static void Measure(List<IndexFigure> figures, string name, Func<int, int> ask)
    {
        double[] times = new double[Queries];
        ask(0);
        for (int i = 0; i < times.Length; i++)
        {
            long began = Stopwatch.GetTimestamp();
            ask(i);
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(times);
        figures.Add(IndexFigure.Told($"page of {name}, p50", times[times.Length / 2], "ms"));
        figures.Add(IndexFigure.AtMost($"page of {name}, p99", times[times.Length * 99 / 100], "ms", MostQueryMs));
    }

    private TimeSpan Cpu()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    // What is held for good: index, logs, and the addresses of the benchmark.
    private void SampleLive()
    {
        TimeSpan before = Cpu();
        _live.Add(GC.GetTotalMemory(forceFullCollection: true) / MiB);
        _measuring += Cpu() - before;
    }

    private void Sample()
    {
        _process.Refresh();
        _peakManaged = Math.Max(_peakManaged, GC.GetTotalMemory(forceFullCollection: false) / MiB);
        _peakResident = Math.Max(_peakResident, _process.WorkingSet64 / MiB);
    }
}

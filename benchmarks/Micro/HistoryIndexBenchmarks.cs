using BenchmarkDotNet.Attributes;
using EnergyChain.Benchmarks.Index;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index;
using EnergyChain.Node.Index.Parts;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// The history index: the rows of a block of 4,000 transfers, added to the part in memory; four such blocks written as
/// a LiteDB file; and a page of an account's transactions out of that file.
/// </summary>
[MemoryDiagnoser]
public class HistoryIndexBenchmarks
{
    private const int BlockSize = 4_000;
    private const int Blocks = 4;
    private const int PageRows = 50;

    private DirectoryInfo _folder = null!;
    private IndexChain _chain = null!;
    private BlockRows[] _rows = [];
    private CommittedBlock _block = null!;
    private IReadOnlyList<Receipt> _receipts = [];
    private IndexStore _written = null!;
    private IndexStore? _empty;
    private MemoryPart _part = null!;
    private int _stores;

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("energychain-index");
        _chain = new IndexChain(_folder.FullName, IndexWorkload.Transfer);
        for (int i = 0; i < Blocks; i++)
        {
            _chain.Append(BlockSize);
        }

        LogIndexSource source = new(_chain.Blocks, _chain.Receipts);
        _rows = [.. Enumerable.Range(1, Blocks).Select(height => RowsOf(source, (ulong)height))];
        _written = Open();
        _written.Seal(PartOf(_rows));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _empty?.Dispose();
        _written.Dispose();
        _chain.Dispose();
        _folder.Delete(recursive: true);
    }

    [IterationSetup(Targets = [nameof(AddBlock), nameof(SealPart)])]
    public void Begin()
    {
        _empty?.Dispose();
        _empty = Open();
        _part = PartOf(_rows);
    }

    /// <summary>Per transaction.</summary>
    [Benchmark(OperationsPerInvoke = BlockSize)]
    public void AddBlock() => _empty!.Add(BlockRows.Of(_block, _receipts));

    /// <summary>Per transaction; files and folder synced.</summary>
    [Benchmark(OperationsPerInvoke = BlockSize * Blocks)]
    public void SealPart() => _empty!.Seal(_part);

    [Benchmark]
    public int PageOfAccount()
    {
        IndexReader reader = new(_written);
        HistoryMessages messages = new(reader);
        int found = reader
            .Down(IndexKey.Of(IndexList.TransactionsByAccount, _block.Block.Transactions[0].Sender), IndexPosition.Last)
            .Take(PageRows)
            .Count(position => messages.Transaction(position) is not null);
        return found > 0 ? found : throw new InvalidOperationException("Nothing was found.");
    }

    private IndexStore Open() => IndexStore.Open(
        new PhysicalDisk(),
        Path.Combine(_folder.FullName, $"index{_stores++}"),
        IndexChain.GenesisHash,
        new IndexTuning(),
        NullLogger.Instance);

    private BlockRows RowsOf(LogIndexSource source, ulong height)
    {
        if (!source.TryRead(new Height(height), out CommittedBlock? block, out IReadOnlyList<Receipt>? receipts))
        {
            throw new InvalidOperationException($"Block {height} cannot be read.");
        }

        (_block, _receipts) = (block, receipts);
        return BlockRows.Of(block, receipts);
    }

    private static MemoryPart PartOf(BlockRows[] rows)
    {
        MemoryPart part = new(rows[0].Height);
        foreach (BlockRows each in rows)
        {
            part.Add(each);
        }

        return part;
    }
}

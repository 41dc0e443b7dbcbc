using BenchmarkDotNet.Attributes;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>Storing and reading a block of 4,000 transfers; what fsync adds is the disk's.</summary>
[MemoryDiagnoser]
public class BlockLogBenchmarks
{
    private readonly SignedTransfers _transfers = new(1_000, 4);
    private DirectoryInfo _folder = null!;
    private BlockLog _log = null!;
    private CommittedBlock _next = null!;

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("energychain-log");
        _log = BlockLog.Open(
            new PhysicalDisk(), _folder.FullName, Blake2b.Hash("block log benchmark"u8), NullLogger.Instance);
        _log.Append(_transfers.BlockAt(1));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _log.Dispose();
        _folder.Delete(recursive: true);
    }

    [IterationSetup(Targets = [nameof(Append), nameof(AppendAndSync)])]
    public void Make() => _next = _transfers.BlockAt(_log.Last.Value + 1);

    [Benchmark]
    public void Append() => _log.Append(_next, isDurable: false);

    [Benchmark]
    public void AppendAndSync() => _log.Append(_next);

    [Benchmark]
    public CommittedBlock Read() => _log.TryRead(_log.First, out CommittedBlock? block)
        ? block
        : throw new InvalidOperationException("The block cannot be read.");
}

using BenchmarkDotNet.Attributes;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// What a block of 8,000 transfers of 1,000 senders costs the pool and the proposal's checks. The signatures were
/// verified before, and the pool remembers that: the rows are of everything else.
/// </summary>
[MemoryDiagnoser]
public class PoolBenchmarks
{
    private const int Senders = 1_000;
    private const int TransfersEach = 8;
    private const int Threads = 2;

    private PoolWorkload _workload = null!;
    private TransactionPool _pool = null!;
    private Hash32[] _ids = [];

    [GlobalSetup]
    public void Setup()
    {
        _workload = new PoolWorkload(Senders, TransfersEach);
        _pool = new TransactionPool(_workload.Chain);
        _ids = [.. _workload.Transfers.Select(static each => each.Id)];
        AdmitAll();
    }

    [GlobalCleanup]
    public void Cleanup() => _workload.Dispose();

    [IterationSetup(Targets = [nameof(Admit), nameof(AdmitOnTwoThreads)])]
    public void Empty() => Commit();

    [IterationSetup(Targets = [nameof(Commit), nameof(Collect), nameof(CheckNextBlock), nameof(Assemble)])]
    public void Fill()
    {
        Commit();
        AdmitAll();
    }

    [Benchmark]
    public int Admit() => AdmitAll();

    [Benchmark]
    public int AdmitOnTwoThreads()
    {
        Parallel.For(0, Threads, part =>
        {
            for (int i = part; i < _workload.Transfers.Length; i += Threads)
            {
                _pool.Add(_workload.Transfers[i]);
            }
        });
        return _pool.Count;
    }

    [Benchmark]
    public int Collect()
    {
        IReadOnlyList<Transaction> chosen = _pool.Collect(
            new Gas(1_000_000_000), Limits.MaxBlockBytes, Limits.MaxBlockTransactions);
        return Require(chosen.Count);
    }

    [Benchmark]
    public TransactionRefusal CheckNextBlock() => _workload.Chain.CheckNextBlock(_workload.Transfers);

    /// <summary>
    /// The bodies of a proposal, as they are asked for until it is final: to judge, to journal, to commit.
    /// </summary>
    [Benchmark]
    public int Assemble()
    {
        BlockBodies bodies = new(_pool, _workload.Chain.Erasures);
        int found = 0;
        for (int i = 0; i < 3; i++)
        {
            found += bodies.TryAssemble(_ids, out IReadOnlyList<Transaction> transactions, out _)
                ? transactions.Count
                : 0;
        }

        return Require(found / 3);
    }

    [Benchmark]
    public void Commit() => _pool.OnCommitted(_workload.Block, [], _workload.Chain.Head);

    private int AdmitAll()
    {
        foreach (Transaction transaction in _workload.Transfers)
        {
            _pool.Add(transaction);
        }

        return Require(_pool.Count);
    }

    private static int Require(int count) => count == Senders * TransfersEach
        ? count
        : throw new InvalidOperationException($"{count} transactions in place of {Senders * TransfersEach}.");
}

using BenchmarkDotNet.Attributes;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Pool;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// The physical limit, one Ed25519 verification on one core, and how near the intake comes to it: a batch of
/// transfers, a fresh pool each time, verified on all cores and admitted.
/// </summary>
[MemoryDiagnoser]
public class SigningBenchmarks
{
    private const int Senders = 1_000;
    private const int BatchSize = 2_000;

    private readonly byte[] _bytes = new byte[64];
    private readonly SigningKey _key = SigningKey.FromSeed(new byte[SigningKey.SeedSize]);
    private Signature _signature;
    private PoolWorkload _workload = null!;
    private TransactionPool _pool = null!;
    private TransactionIntake _intake = null!;

    [GlobalSetup]
    public void Setup()
    {
        _signature = _key.Sign(_bytes);
        _workload = new PoolWorkload(Senders, BatchSize / Senders);
    }

    [GlobalCleanup]
    public void Cleanup() => _workload.Dispose();

    [IterationSetup(Target = nameof(AdmitBatchOf2000))]
    public void Open()
    {
        _pool = new TransactionPool(_workload.Chain);
        _intake = new TransactionIntake(_pool, _workload.Chain, IntakeLimits.Default);
    }

    [IterationCleanup(Target = nameof(AdmitBatchOf2000))]
    public void Close() => _intake.Dispose();

    [Benchmark]
    public Signature Sign() => _key.Sign(_bytes);

    [Benchmark]
    public bool Verify() => Ed25519.Verify(_key.PublicKey, _bytes, _signature);

    [Benchmark]
    public bool VerifyTransaction() => _workload.Transfers[0].SignaturesHold();

    /// <summary>Per transaction, by the clock.</summary>
    [Benchmark(OperationsPerInvoke = BatchSize)]
    public int AdmitBatchOf2000()
    {
        using Batch batch = new();
        foreach (Transaction transaction in _workload.Transfers)
        {
            _intake.AddOfClientAsync(transaction, batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }

        batch.Wait();
        return _pool.Count == BatchSize ? _pool.Count : throw new InvalidOperationException($"{_pool.Count} admitted.");
    }

    private sealed class Batch : IIntakeSource, IDisposable
    {
        private readonly CountdownEvent _left = new(BatchSize);

        public void OnDecided(Transaction transaction, TransactionRefusal refusal) => _left.Signal();

        public void OnFailed(Transaction transaction, Exception failure) => _left.Signal();

        public void Wait() => _left.Wait();

        public void Dispose() => _left.Dispose();
    }
}

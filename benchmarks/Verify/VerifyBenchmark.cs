using System.Diagnostics;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Verify;

/// <summary>
/// Replay of full blocks from a block log on disk, as <c>verify</c> does it, against the rate at which all cores
/// verify signatures when they do nothing else, measured right before each run.
/// </summary>
internal sealed class VerifyBenchmark(string folder, int blocks, int transactions, int accounts)
{
    /// <summary>What the project promises.</summary>
    public const double LeastRatio = 0.8;

    private const int LimitSignatures = 40_000;

    public VerifyFigure Run(int rounds, bool stages)
    {
        string load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown";
        Genesis genesis;
        using (FullBlockChain chain = new(folder, transactions, accounts))
        {
            chain.Grow(blocks);
            genesis = chain.Genesis;
        }

        if (stages)
        {
            VerifyStages.Print(genesis, folder);
        }

        (PublicKey Key, byte[] Digest, Signature Signature)[] signed = Signed(genesis);
        using (BlockReplay warm = BlockReplay.FromGenesis(genesis, hashSeed: 1))
        {
            Verify(genesis, warm, few: true);
        }

        Limit(signed);
        List<VerifyRound> measured = [];
        for (int i = 0; i < rounds; i++)
        {
            measured.Add(Measure(genesis, signed));
        }

        double ratio = Median(measured.Select(static round => round.Ratio));
        return new VerifyFigure(
            blocks,
            transactions,
            Environment.ProcessorCount,
            load,
            measured,
            ratio,
            Median(measured.Select(static round => round.CpuRatio)),
            ratio >= LeastRatio);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private VerifyRound Measure(Genesis genesis, (PublicKey Key, byte[] Digest, Signature Signature)[] signed)
    {
        // Making the genesis' state is no part of replaying blocks.
        using BlockReplay replay = BlockReplay.FromGenesis(genesis, hashSeed: 1);
        (double limit, double limitCpu) = Limit(signed);
        long allocated = GC.GetTotalAllocatedBytes();
        int collections = GC.CollectionCount(0) + GC.CollectionCount(1);
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        long began = Stopwatch.GetTimestamp();
        ulong verified = Verify(genesis, replay, few: false);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double each = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / verified;
        return new VerifyRound(
            limit,
            verified / seconds,
            verified / seconds / limit,
            limitCpu / each,
            each,
            (GC.GetTotalAllocatedBytes() - allocated) / (long)verified,
            GC.CollectionCount(0) + GC.CollectionCount(1) - collections);
    }

    private ulong Verify(Genesis genesis, BlockReplay replay, bool few)
    {
        using DataDirectory directory = DataDirectory.Open(folder, genesis.Hash);
        using BlockLog log = BlockLog.Open(directory.Disk, directory.Blocks, genesis.Hash, NullLogger.Instance);
        using ReceiptLog receipts = ReceiptLog.Open(
            directory.Disk, directory.Receipts, genesis.Hash, NullLogger.Instance);
        Height last = few ? new Height(Math.Min(4, log.Last.Value)) : log.Last;
        VerifyReport report = new() { From = log.First, To = last };
        new ChainVerifier(genesis, new PipelineOptions()).Run(
            new LogBlocks(log, log.First, last),
            new TermHistory(genesis.Term),
            replay,
            receipts,
            report,
            new WorkProgress(last.Value),
            CancellationToken.None);
        return report.Fault is null && report.Receipts == last.Value
            ? report.Transactions
            : throw new InvalidOperationException($"The chain does not verify: {report.Fault}.");
    }

    // Verifications a second on all cores, and the CPU time of one in microseconds.
    private static (double PerSecond, double Microseconds) Limit(
        (PublicKey Key, byte[] Digest, Signature Signature)[] signed)
    {
        TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        long began = Stopwatch.GetTimestamp();
        Parallel.For(
            0,
            LimitSignatures / 100,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            portion =>
            {
                for (int i = portion * 100; i < (portion + 1) * 100; i++)
                {
                    (PublicKey key, byte[] digest, Signature signature) = signed[i % signed.Length];
                    if (!Ed25519.Verify(key, digest, signature))
                    {
                        throw new InvalidOperationException("A sound signature does not hold.");
                    }
                }
            });
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        return (LimitSignatures / seconds, used.TotalMicroseconds / LimitSignatures);
    }

    private static (PublicKey Key, byte[] Digest, Signature Signature)[] Signed(Genesis genesis) =>
    [
        .. Enumerable.Range(0, 1_000).Select(number =>
        {
            SigningKey key = FullBlockChain.KeyOf(number);
            Signature signature = key.Sign(SigningDomain.Transaction, genesis.ChainId, BitConverter.GetBytes(number));
            return (
                key.PublicKey,
                SigningDomain.Transaction.Digest(genesis.ChainId, BitConverter.GetBytes(number)).ToArray(),
                signature);
        }),
    ];
}

using System.Diagnostics;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Verification;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Benchmarks.Verify;

/// <summary>What each step of replaying a block costs on one thread, so that one knows where to look.</summary>
internal sealed class VerifyStages
{
    private static readonly string[] Names =
        ["read", "decode", "contents", "digest", "signature", "execute", "state", "receipts"];

    private readonly double[] _microseconds = new double[Names.Length];
    private readonly long[] _bytes = new long[Names.Length];
    private long _began;
    private long _allocated;

    public static void Print(Genesis genesis, string folder)
    {
        VerifyStages stages = new();
        using DataDirectory directory = DataDirectory.Open(folder, genesis.Hash);
        using BlockLog log = BlockLog.Open(directory.Disk, directory.Blocks, genesis.Hash, NullLogger.Instance);
        int transactions = stages.Walk(genesis, log);
        for (int i = 0; i < Names.Length; i++)
        {
            Console.WriteLine(
                $"  {Names[i],-10} {stages._microseconds[i] / transactions,8:F2} us "
                + $"{stages._bytes[i] / transactions,7} bytes");
        }
    }

    private int Walk(Genesis genesis, BlockLog log)
    {
        BlockProcessor processor = new(1);
        WorldState state = WorldState.FromGenesis(genesis, 1);
        RecentHashes hashes = new(Height.Genesis);
        hashes.Add(genesis.Hash);
        TermHistory terms = new(genesis.Term);
        BcsWriter writer = new();
        int transactions = 0;
        for (Height height = log.First; height <= log.Last; height = height.Next)
        {
            // The first block pays for what is compiled and grown.
            bool counts = height > log.First;
            Begin();
            log.TryReadBytes(height, out byte[] bytes);
            End(0, counts);
            Bcs.TryDecode(bytes, out CommittedBlock? block, out _);
            End(1, counts);
            _ = BlockCheck.Contents(block!.Block);
            End(2, counts);
            IReadOnlyList<Transaction> list = block.Block.Transactions;
            foreach (Transaction each in list)
            {
                SigningDomain.Transaction.Digest(genesis.ChainId, each.BodyBytes.Span);
            }

            End(3, counts);
            foreach (Transaction each in list)
            {
                each.SignaturesHold();
            }

            End(4, counts);
            BlockResult result = processor.Execute(block.Block, state, hashes, terms);
            hashes.Add(block.Block.Hash);
            End(5, counts);
            state.Apply(result.Changes);
            End(6, counts);
            writer.Clear();
            writer.WriteList(result.Receipts);
            End(7, counts);
            transactions += counts ? list.Count : 0;
        }

        return Math.Max(transactions, 1);
    }

    private void Begin()
    {
        _began = Stopwatch.GetTimestamp();
        _allocated = GC.GetAllocatedBytesForCurrentThread();
    }

    private void End(int stage, bool counts)
    {
        if (counts)
        {
            _microseconds[stage] += Stopwatch.GetElapsedTime(_began).TotalMicroseconds;
            _bytes[stage] += GC.GetAllocatedBytesForCurrentThread() - _allocated;
        }

        Begin();
    }
}

using BenchmarkDotNet.Attributes;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using Google.Protobuf;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// A full batch of transfers on its way between two nodes, per transaction: packed into a frame and its bytes, and back
/// from the bytes to transactions with their ids. TLS and sockets apart.
/// </summary>
[MemoryDiagnoser]
public class GossipBenchmarks
{
    private const int BatchSize = Limits.MaxBatchTransactions;

    private Transaction[] _transactions = [];
    private byte[] _bytes = [];

    [GlobalSetup]
    public void Setup()
    {
        _transactions = new SignedTransfers(BatchSize, 1).All;
        _bytes = EncodeBatch();
    }

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public byte[] EncodeBatch()
    {
        TransactionBatch batch = new();
        foreach (Transaction transaction in _transactions)
        {
            batch.Transactions.Add(Frames.Pack(transaction));
        }

        return new Frame { Transactions = batch }.ToByteArray();
    }

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public int DecodeBatch()
    {
        int decoded = 0;
        foreach (ByteString bytes in Frame.Parser.ParseFrom(_bytes).Transactions.Transactions)
        {
            decoded += Bcs.TryDecode(bytes.Span, out Transaction? _, out _) ? 1 : 0;
        }

        return decoded == BatchSize ? decoded : throw new InvalidOperationException($"{decoded} decoded.");
    }
}

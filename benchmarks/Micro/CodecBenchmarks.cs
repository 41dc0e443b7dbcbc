using BenchmarkDotNet.Attributes;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// The canonical encoding of a plain transfer and of a block of 4,000 of them; decoding hashes the ids.
/// </summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private Transaction _transaction = null!;
    private CommittedBlock _block = null!;
    private byte[] _transactionBytes = [];
    private byte[] _blockBytes = [];

    [GlobalSetup]
    public void Setup()
    {
        _block = new SignedTransfers(1_000, 4).BlockAt(1);
        _transaction = _block.Block.Transactions[0];
        _transactionBytes = Bcs.Encode(_transaction);
        _blockBytes = Bcs.Encode(_block);
    }

    [Benchmark]
    public byte[] EncodeTransaction() => Bcs.Encode(_transaction);

    [Benchmark]
    public Transaction DecodeTransaction() => Decode<Transaction>(_transactionBytes);

    [Benchmark]
    public byte[] EncodeBlockOf4000() => Bcs.Encode(_block);

    [Benchmark]
    public CommittedBlock DecodeBlockOf4000() => Decode<CommittedBlock>(_blockBytes);

    private static T Decode<T>(byte[] bytes)
        where T : class, IBcsValue<T> =>
        Bcs.TryDecode(bytes, out T? value, out _) ? value : throw new InvalidOperationException("Not decoded.");
}

using BenchmarkDotNet.Attributes;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks;

/// <summary>A plain transfer from bytes to admission.</summary>
[MemoryDiagnoser]
public class TransactionBenchmarks
{
    private Transaction _transaction = null!;
    private byte[] _bytes = [];

    [GlobalSetup]
    public void Setup()
    {
        using SigningKey key = SigningKey.FromSeed(new byte[32]);
        _transaction = new TransactionBody
        {
            ChainId = new ChainId(1),
            Nonce = 0,
            GasLimit = new Gas(21_000),
            GasPrice = 1_000_000_000,
            To = Address.FromNumber(7),
            Value = UInt256.One,
            ValidUntil = new Height(100),
        }.Sign(key);
        _bytes = Bcs.Encode(_transaction);
    }

    [Benchmark]
    public byte[] Encode() => Bcs.Encode(_transaction);

    [Benchmark]
    public bool DecodeAndId() => Bcs.TryDecode<Transaction>(_bytes, out _, out _);

    [Benchmark]
    public bool VerifySignature() => _transaction.SignaturesHold();
}

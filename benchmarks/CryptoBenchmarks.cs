using BenchmarkDotNet.Attributes;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks;

/// <summary>The physical limits: what one hash, one signature and one verification cost on one core.</summary>
[MemoryDiagnoser]
public class CryptoBenchmarks
{
    private readonly byte[] _bytes = new byte[64];
    private readonly SigningKey _key = SigningKey.FromSeed(new byte[32]);
    private Signature _signature;

    [GlobalSetup]
    public void Setup() => _signature = _key.Sign(_bytes);

    [Benchmark]
    public Hash32 Blake2bOf64Bytes() => Blake2b.Hash(_bytes);

    [Benchmark]
    public Hash32 Keccak256Of64Bytes() => Keccak256.Hash(_bytes);

    [Benchmark]
    public Signature Sign() => _key.Sign(_bytes);

    [Benchmark]
    public bool Verify() => Ed25519.Verify(_key.PublicKey, _bytes, _signature);
}

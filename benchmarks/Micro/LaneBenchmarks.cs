using BenchmarkDotNet.Attributes;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>Nodes of a Merkle tree hashed one by one, and side by side in the processor's vectors.</summary>
public class LaneBenchmarks
{
    private readonly HashPair[] _pairs = new HashPair[256];
    private readonly Hash32[] _hashes = new Hash32[256];

    [Params(1, 2, 4, 8, 256)]
    public int Nodes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (int i = 0; i < _pairs.Length; i++)
        {
            _pairs[i] = new HashPair(Blake2b.Hash([(byte)i]), Blake2b.Hash([0, (byte)i]));
        }
    }

    [Benchmark]
    public void OneByOne()
    {
        for (int i = 0; i < Nodes; i++)
        {
            _hashes[i] = Blake2b.HashNode(_pairs[i].Left, _pairs[i].Right);
        }
    }

    [Benchmark]
    public void InLanes() => Blake2bLanes.HashNodes(_pairs.AsSpan(0, Nodes), _hashes);
}

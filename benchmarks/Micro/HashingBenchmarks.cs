using BenchmarkDotNet.Attributes;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// BLAKE2b, which everything but the Vm hashes with, Keccak-256 of the Vm, and the root of a full block.
/// </summary>
[MemoryDiagnoser]
public class HashingBenchmarks
{
    private const int Leaves = 4_000;

    private readonly byte[] _word = new byte[64];
    private readonly byte[] _page = new byte[4_096];
    private readonly Hash32[] _leaves =
        [.. Enumerable.Range(0, Leaves).Select(static i => Blake2b.Hash(BitConverter.GetBytes(i)))];

    [Benchmark]
    public Hash32 Blake2bOf64Bytes() => Blake2b.Hash(_word);

    [Benchmark]
    public Hash32 Blake2bOf4096Bytes() => Blake2b.Hash(_page);

    [Benchmark]
    public Hash32 Keccak256Of64Bytes() => Keccak256.Hash(_word);

    [Benchmark]
    public Hash32 Keccak256Of4096Bytes() => Keccak256.Hash(_page);

    [Benchmark]
    public Hash32 MerkleRootOf4000() => MerkleTree.Root(_leaves);
}

using BenchmarkDotNet.Attributes;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Tree;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// A batch of the state tree alone, from a single change to those of a full block, over 1,000,000 leaves; each time
/// other keys, from all over the tree.
/// </summary>
[MemoryDiagnoser]
public class StateTreeBatchBenchmarks
{
    private const int Leaves = 1_000_000;

    private readonly StateTree _tree = new();
    private TreeChange[] _changes = [];
    private int _next;

    [Params(1, 8, 100, 1_000, 10_000)]
    public int Changed { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _changes = [.. Enumerable.Range(0, Leaves).Select(Change)];
        _tree.Update([.. _changes]);
    }

    [Benchmark]
    public Hash32 Update()
    {
        _tree.Update(_changes.AsSpan(_next, Changed));
        _next = (_next + Changed) % Leaves;
        return _tree.Root;
    }

    private static TreeChange Change(int number)
    {
        Hash32 hash = Blake2b.Hash(BitConverter.GetBytes(number));
        return new TreeChange(hash, hash);
    }
}

using BenchmarkDotNet.Attributes;
using EnergyChain.Benchmarks.Storage;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Vm.State;

namespace EnergyChain.Benchmarks.Micro;

/// <summary>
/// What a block that changes 10,000 accounts costs the state and its tree, which hold 1,000,000; each time others, all
/// over the state.
/// </summary>
[MemoryDiagnoser]
public class StateTreeBenchmarks
{
    private const int Accounts = 1_000_000;
    private const int Changed = 10_000;

    private WorldState _state = null!;
    private StateChanges _changes = null!;
    private int _round;

    [GlobalSetup]
    public void Setup()
    {
        using LargeChain chain = new("", Accounts);
        _state = chain.State();
    }

    [IterationSetup]
    public void Choose()
    {
        _round++;
        _changes = new StateChanges([.. Enumerable.Range(0, Changed).Select(Change)], [], []);
    }

    [Benchmark]
    public Hash32 Apply10000Over1000000()
    {
        _state.Apply(_changes);
        return _state.Root;
    }

    private AccountChange Change(int index)
    {
        int number = (((index * (Accounts / Changed)) + _round) % Accounts) + 1;
        return new AccountChange(
            Address.FromNumber((uint)number), LargeChain.Account((ulong)(number + _round)), WipesStorage: false);
    }
}

using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.State;

namespace EnergyChain.Contracts.Tests.Chain;

/// <summary>The contracts of a genesis in our VM: a transaction a call, no gas price, time set by the test.</summary>
internal sealed class TestChain
{
    /// <summary>The most gas of one transaction.</summary>
    public const ulong TransactionGas = 200_000_000;

    private readonly EvmMachine _machine = new();
    private readonly StateOverlay _overlay;

    public TestChain(GenesisContractParameters parameters)
    {
        foreach (GenesisContract contract in GenesisContracts.Create(parameters))
        {
            State.Put(contract.Address, contract.Balance, contract.RuntimeCode);
            foreach ((UInt256 key, UInt256 value) in contract.Storage)
            {
                State.PutStorage(contract.Address, key, value);
            }
        }

        _overlay = new StateOverlay(State);
    }

    public TestState State { get; } = new();

    /// <summary>Unix seconds.</summary>
    public ulong Now { get; set; }

    public CallResult ToMarket(Address from, byte[] data, UInt256 value = default) =>
        Send(from, EnergyMarketContract.Address, data, value);

    public CallResult ToRegistry(Address from, byte[] data, UInt256 value = default) =>
        Send(from, MeterRegistryContract.Address, data, value);

    public CallResult Send(Address from, Address to, byte[] data, UInt256 value = default)
    {
        _overlay.BeginTransaction();
        ExecutionResult result = Execute(from, to, data, value);
        _overlay.EndTransaction();
        State.Apply(_overlay.Drain());
        return new CallResult(result, to);
    }

    public T Ask<T>(ContractQuery<T> query, Address? to = null)
    {
        _overlay.BeginTransaction();
        ExecutionResult result =
            Execute(Address.Zero, to ?? EnergyMarketContract.Address, query.CallData, UInt256.Zero);
        _overlay.EndTransaction();
        _overlay.Drain();
        Assert.That(query.TryDecode(result.ReturnData.Span, out T? answer), Is.True, $"{typeof(T)} {result.Status}");
        return answer!;
    }

    private ExecutionResult Execute(Address from, Address to, byte[] data, UInt256 value)
    {
        BlockEnvironment block = new(
            new ChainId(1),
            new Height(1),
            Now,
            Address.FromNumber(0xFFFF),
            new Gas(1_000_000_000),
            UInt256.Zero,
            default,
            new NoBlockHashes());
        CallMessage message = new(from, to, value, data, TransactionGas);
        return _machine.Execute(block, new TransactionEnvironment(from, UInt256.Zero), message, _overlay);
    }

    private sealed class NoBlockHashes : IBlockHashes
    {
        public Hash32 GetBlockHash(Height height) => default;
    }
}

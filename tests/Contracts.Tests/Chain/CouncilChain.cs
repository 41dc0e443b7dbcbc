using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.State;

namespace EnergyChain.Contracts.Tests.Chain;

/// <summary>The Council contract of a genesis in our VM; height and callers are set by the test.</summary>
internal sealed class CouncilChain
{
    /// <summary>What the chain should grant the call of an epoch.</summary>
    public const ulong SystemGas = 30_000_000;

    public const ulong EpochBlocks = 10;

    private readonly EvmMachine _machine = new();
    private readonly StateOverlay _overlay;

    public CouncilChain(int members, ChainParameters? parameters = null)
    {
        Parameters = parameters ?? Defaults;
        GenesisContract contract = GenesisContracts.Council([.. Enumerable.Range(0, members).Select(Key)], Parameters);
        State.Put(contract.Address, contract.Balance, contract.RuntimeCode);
        foreach ((UInt256 key, UInt256 value) in contract.Storage)
        {
            State.PutStorage(contract.Address, key, value);
        }

        _overlay = new StateOverlay(State);
    }

    public static ChainParameters Defaults { get; } = new() { ChainId = new ChainId(1), EpochBlocks = EpochBlocks };

    public ChainParameters Parameters { get; }

    public TestState State { get; } = new();

    /// <summary>Height of the block that is executed.</summary>
    public ulong Height { get; set; } = 1;

    /// <summary>The key of member k of genesis, or of anybody who may become one.</summary>
    public static PublicKey Key(int number)
    {
        byte[] bytes = new byte[PublicKey.Size];
        Array.Fill(bytes, (byte)0x5A);
        BitConverter.TryWriteBytes(bytes, number);
        return new PublicKey(bytes);
    }

    /// <summary>The id of a transaction that may be erased.</summary>
    public static Hash32 Record(int number) => new(Key(number + 1_000_000).ToArray());

    public static Address Account(int number) => Key(number).ToAddress();

    public CouncilResult By(int number, byte[] data) => Send(Account(number), data);

    public CouncilResult Send(
        Address from, byte[] data, ulong gas = TestChain.TransactionGas, UInt256 value = default)
    {
        _overlay.BeginTransaction();
        ExecutionResult result = Execute(from, data, gas, value);
        _overlay.EndTransaction();
        State.Apply(_overlay.Drain());
        return new CouncilResult(result);
    }

    /// <summary>The chain's own call in the block at <see cref="Height"/>.</summary>
    public CouncilResult OnBlock(params int[] offenders) => Send(
        CouncilContract.System,
        CouncilContract.OnBlock(new Height(Height), [.. offenders.Select(Key)]),
        SystemGas);

    /// <summary>Goes to the next height that the epoch length of genesis divides, and makes the chain's call.</summary>
    public CouncilResult NextEpoch()
    {
        Height = ((Height / EpochBlocks) + 1) * EpochBlocks;
        return OnBlock().Succeeds();
    }

    public T Ask<T>(ContractQuery<T> query)
    {
        _overlay.BeginTransaction();
        ExecutionResult result = Execute(Address.Zero, query.CallData, TestChain.TransactionGas, UInt256.Zero);
        _overlay.EndTransaction();
        _overlay.Drain();
        Assert.That(query.TryDecode(result.ReturnData.Span, out T? answer), Is.True, $"{typeof(T)} {result.Status}");
        return answer!;
    }

    private ExecutionResult Execute(Address from, byte[] data, ulong gas, UInt256 value)
    {
        BlockEnvironment block = new(
            Parameters.ChainId,
            new Height(Height),
            1_000,
            Address.FromNumber(0xFFFF),
            new Gas(1_000_000_000),
            UInt256.Zero,
            default,
            new NoBlockHashes());
        CallMessage message = new(from, CouncilContract.Address, value, data, gas);
        return _machine.Execute(block, new TransactionEnvironment(from, UInt256.Zero), message, _overlay);
    }

    private sealed class NoBlockHashes : IBlockHashes
    {
        public Hash32 GetBlockHash(Height height) => default;
    }
}

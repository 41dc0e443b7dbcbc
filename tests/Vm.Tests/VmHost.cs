using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm.Tests;

/// <summary>A world of a few accounts and a machine to run code in it.</summary>
internal sealed class VmHost : IBlockHashes
{
    public static readonly Address Caller = Address.FromNumber(0xCA11E4);
    public static readonly Address Contract = Address.FromNumber(0xC0DE);
    public static readonly Address Other = Address.FromNumber(0x07E4);

    private readonly EvmMachine _machine = new();

    public VmHost()
    {
        World.SetAccount(Caller, 1, 1_000_000, default);
        State = new StateOverlay(World);
    }

    public MemoryState World { get; } = new();

    public StateOverlay State { get; }

    public ITracer? Tracer { get; set; }

    public BlockEnvironment Block => new(
        new ChainId(77),
        new Height(1000),
        1_700_000_000,
        Address.FromNumber(0xC0B),
        new Gas(30_000_000),
        7,
        new Hash32(Enumerable.Repeat((byte)0xAB, 32).ToArray()),
        this);

    public Hash32 GetBlockHash(Height height)
    {
        byte[] hash = new byte[32];
        new UInt256(height.Value).WriteBigEndian(hash);
        return new Hash32(hash);
    }

    public VmHost With(Address address, byte[] code, ulong balance = 0)
    {
        World.SetAccount(address, 1, balance, code);
        return this;
    }

    /// <summary>Runs a message in a transaction of its own, which stays open.</summary>
    public ExecutionResult Run(Address? to, byte[] data, ulong gas = 1_000_000, ulong value = 0)
    {
        State.BeginTransaction();
        return _machine.Execute(
            Block,
            new TransactionEnvironment(Caller, 9),
            new CallMessage(Caller, to, value, data, gas),
            State,
            Tracer);
    }

    /// <summary>Runs code as the contract.</summary>
    public ExecutionResult RunCode(byte[] code, ulong gas = 1_000_000, ulong value = 0, byte[]? data = null)
    {
        With(Contract, code, balance: 500);
        return Run(Contract, data ?? [], gas, value);
    }

    /// <summary>The word that the code returns.</summary>
    public UInt256 Evaluate(CodeBuilder code, byte[]? data = null)
    {
        ExecutionResult result = RunCode(code.ReturnTop().Build(), data: data);
        Assert.That(result.Status, Is.EqualTo(ExecutionStatus.Success));
        return UInt256.FromBigEndian(result.ReturnData.Span);
    }
}

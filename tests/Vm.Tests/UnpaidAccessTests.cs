using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Tests;

/// <summary>An access that is out of gas reads nothing of the state and leaves nothing in the overlay.</summary>
public sealed class UnpaidAccessTests
{
    // PUSH2 0x7777 and the access; 3 gas, 100 for a warm access, 2,000 or 2,500 more for a cold one.
    [TestCase("61777754", 2_102UL, 2_103UL, TestName = "Sload_short_of_the_cold_price_reads_nothing")]
    [TestCase("61777731", 2_602UL, 2_603UL, TestName = "Balance_short_of_the_cold_price_reads_nothing")]
    [TestCase("6177773b", 2_602UL, 2_603UL, TestName = "Extcodesize_short_of_the_cold_price_reads_nothing")]
    public void Access_short_of_the_cold_price_reads_nothing(string code, ulong tooLittle, ulong enough)
    {
        Assert.That(ReadsOf(code, tooLittle), Is.EqualTo((ExecutionStatus.OutOfGas, 0)));
        Assert.That(ReadsOf(code, enough), Is.EqualTo((ExecutionStatus.Success, 1)));
    }

    private static (ExecutionStatus Status, int Reads) ReadsOf(string code, ulong gas)
    {
        MemoryState world = new();
        world.SetAccount(VmHost.Contract, 1, UInt256.Zero, Convert.FromHexString(code));
        CountingReader reader = new(world);
        StateOverlay state = new(reader);
        state.BeginTransaction();
        ExecutionResult result = new EvmMachine().Execute(
            new VmHost().Block,
            new TransactionEnvironment(VmHost.Caller, 0),
            new CallMessage(VmHost.Caller, VmHost.Contract, 0, default, gas),
            state);
        return (result.Status, reader.Reads);
    }

    private sealed class CountingReader(IStateReader inner) : IStateReader
    {
        private static readonly Address Watched = Address.FromNumber(0x7777);

        public int Reads { get; private set; }

        public bool TryGetAccount(Address address, out AccountState account)
        {
            Reads += address == Watched ? 1 : 0;
            return inner.TryGetAccount(address, out account);
        }

        public UInt256 GetStorage(Address address, in UInt256 key)
        {
            Reads++;
            return inner.GetStorage(address, key);
        }

        public ReadOnlyMemory<byte> GetCode(Hash32 codeHash) => inner.GetCode(codeHash);
    }
}

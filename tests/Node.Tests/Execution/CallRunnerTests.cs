using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Tests.Fakes;
using EnergyChain.Vm;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Tests.Execution;

public sealed class CallRunnerTests
{
    // PUSH1 0, BLOCKHASH, STOP
    private static readonly byte[] AsksForGenesisHash = [0x60, 0x00, 0x40, 0x00];

    [TestCase(10, "")]
    [TestCase(0, CallOutcome.Busy)]
    public void Call_holds_up_no_block_and_is_busy_only_if_its_state_is_gone(int keptBlocks, string failure)
    {
        FakeChain chain = new();
        using LiveState live = new(new WorldState(), chain.Head, new ChainOptions { HistoryBlocks = keptBlocks });
        CallRunner runner = new(live, new OvertakingHashes(live), hashSeed: 0);

        CallOutcome outcome = runner.Run(
            new CallRequest(Address.Zero, null, 0, AsksForGenesisHash, new Gas(1_000_000)));

        Assert.That(outcome.Failure, Is.EqualTo(failure));
        Assert.That(live.Head.Height.Value, Is.EqualTo(1));
    }

    /// <summary>A block comes in whenever a call asks for a hash; under a lock of the call that would throw.</summary>
    private sealed class OvertakingHashes(LiveState live) : IBlockHashes
    {
        public Hash32 GetBlockHash(Height height)
        {
            live.Publish(new StateChanges([], [], []), _ => live.Head with { Height = live.Head.Height.Next });
            return Hash32.Zero;
        }
    }
}

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

    [Test]
    public void Call_that_blocks_keep_overtaking_is_busy_and_holds_none_of_them_up()
    {
        FakeChain chain = new();
        using LiveState live = new(new WorldState(), chain.Head);
        CallRunner runner = new(live, chain.Genesis.Parameters, new OvertakingHashes(live), hashSeed: 0);

        CallOutcome outcome = runner.Run(
            new CallRequest(Address.Zero, null, 0, AsksForGenesisHash, new Gas(1_000_000)));

        Assert.That(outcome.Failure, Is.EqualTo(CallOutcome.Busy));
        Assert.That(live.Head.Height.Value, Is.GreaterThan(1));
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

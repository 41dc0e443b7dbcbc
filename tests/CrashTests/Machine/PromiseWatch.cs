using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;

namespace EnergyChain.CrashTests.Machine;

/// <summary>A client and an index: they know a block as soon as the chain tells of it.</summary>
internal sealed class PromiseWatch(Promises promises) : IChainObserver
{
    /// <summary>What the promises were broken by; the chain keeps what its observers throw to itself.</summary>
    public BrokenPromiseException? Broken { get; private set; }

    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
    {
        try
        {
            promises.OnFinal(block.Block, head);
        }
        catch (BrokenPromiseException broken)
        {
            Broken ??= broken;
        }
    }
}

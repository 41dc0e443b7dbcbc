using EnergyChain.Core.Chain;

namespace EnergyChain.Node.Execution;

/// <summary>Is told of final blocks. Called on the committing thread: it must be quick and must not throw.</summary>
public interface IChainObserver
{
    void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head);
}

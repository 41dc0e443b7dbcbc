namespace EnergyChain.Node.Execution;

/// <summary>
/// Proves the state to who believes no node. The header of the head states the root of the state before its block, so
/// that state, one block old, is the newest that can be proven. Thread-safe.
/// </summary>
public interface IChainProver
{
    /// <summary>Proves accounts and slots, present or not, all of one state.</summary>
    ProofOutcome Prove(IReadOnlyList<ProofKeys> keys);

    /// <summary>
    /// Runs a message as the first of the head's block and proves all that it looks at, so that whoever has the code
    /// can run it again.
    /// </summary>
    ProofOutcome ProveCall(CallRequest request);
}

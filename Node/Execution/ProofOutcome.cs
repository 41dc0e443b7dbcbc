using EnergyChain.Core.Proofs;

namespace EnergyChain.Node.Execution;

/// <summary>What became of a request for proofs.</summary>
public abstract record ProofOutcome
{
    private ProofOutcome()
    {
    }

    public sealed record Proven(StateWitness Witness) : ProofOutcome;

    /// <summary>There is no final block yet whose header states a root that this node has the state of.</summary>
    public sealed record NotYet : ProofOutcome;

    /// <summary>Blocks came faster than the call could run.</summary>
    public sealed record Busy : ProofOutcome;

    /// <summary>The call looks at more accounts or slots than one proof holds.</summary>
    public sealed record TooLarge : ProofOutcome;
}

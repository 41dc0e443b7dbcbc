namespace EnergyChain.Core.Chain;

/// <summary>The two votes of Tendermint (arXiv 1807.04938); the values are the BCS variants.</summary>
public enum VoteType : byte
{
    Prevote = 0,
    Precommit = 1,
}

namespace EnergyChain.Consensus.State;

/// <summary>The steps of a round, in their order; what a member signs in each is one message.</summary>
public enum RoundStep : byte
{
    Propose = 0,
    Prevote = 1,
    Precommit = 2,
}

using EnergyChain.Consensus.State;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Safety;

/// <summary>A point for which one message may be signed, ordered as the protocol goes through them.</summary>
public readonly record struct SignedStep(Height Height, Round Round, RoundStep Step) : IComparable<SignedStep>
{
    public int CompareTo(SignedStep other)
    {
        int order = Height.CompareTo(other.Height);
        order = order != 0 ? order : Round.CompareTo(other.Round);
        return order != 0 ? order : Step.CompareTo(other.Step);
    }
}

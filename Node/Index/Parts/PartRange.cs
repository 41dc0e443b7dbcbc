using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index.Parts;

/// <summary>The heights that a part holds, both included.</summary>
internal readonly record struct PartRange(Height First, Height Last)
{
    public ulong Blocks => Last.Value - First.Value + 1;

    public ulong FirstPosition => IndexPosition.Of(First, 0);

    public bool Holds(PartRange other) => First <= other.First && Last >= other.Last;
}

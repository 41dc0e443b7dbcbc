using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>A term and the first height that it decides.</summary>
public sealed record TermStart(Height From, Term Term) : IBcsValue<TermStart>
{
    public static TermStart Decode(ref BcsReader reader) =>
        new(new Height(reader.ReadU64()), Term.Decode(ref reader));

    public void Encode(BcsWriter writer)
    {
        writer.WriteU64(From.Value);
        Term.Encode(writer);
    }
}

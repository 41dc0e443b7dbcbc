using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Client.Light;

/// <summary>What a light client has proven so far. Immutable.</summary>
/// <param name="GenesisHash">Where it began.</param>
/// <param name="ChainId">The chain of that genesis.</param>
/// <param name="GenesisTime">The time that block 1 exceeds.</param>
/// <param name="Terms">All terms proven.</param>
/// <param name="Head">The highest header proven; null before the first.</param>
public sealed record TrustedState(
    Hash32 GenesisHash, ChainId ChainId, BlockTime GenesisTime, TermHistory Terms, CertifiedHeader? Head)
    : IBcsValue<TrustedState>
{
    public static TrustedState From(Genesis genesis) =>
        new(genesis.Hash, genesis.ChainId, genesis.Time, new TermHistory(genesis.Term), null);

    public static TrustedState Decode(ref BcsReader reader) => new(
        reader.ReadHash(),
        new ChainId(reader.ReadU64()),
        new BlockTime(reader.ReadU64()),
        TermHistory.Decode(ref reader),
        reader.ReadBool() ? CertifiedHeader.Decode(ref reader) : null);

    public void Encode(BcsWriter writer)
    {
        writer.WriteHash(GenesisHash);
        writer.WriteU64(ChainId.Value);
        writer.WriteU64(GenesisTime.UnixMs);
        Terms.Encode(writer);
        writer.WriteBool(Head is not null);
        Head?.Encode(writer);
    }
}

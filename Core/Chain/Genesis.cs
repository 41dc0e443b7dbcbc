using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// The start of a chain: parameters, first council, first accounts. Its hash stands in every handshake and as the
/// parent hash of block 1, so chains with different genesis never mix.
/// </summary>
/// <param name="Time">The time that block 1 must exceed.</param>
/// <param name="Parameters">The chain parameters.</param>
/// <param name="Council">The council of height 1.</param>
/// <param name="Accounts">Accounts, strictly ascending by address.</param>
public sealed record Genesis(
    BlockTime Time, ChainParameters Parameters, Council Council, IReadOnlyList<GenesisAccount> Accounts)
    : IBcsValue<Genesis>
{
    /// <summary>Accounts that a genesis may hold.</summary>
    public const int MaxAccounts = 1_000_000;

    public ChainId ChainId => Parameters.ChainId;

    /// <summary>The first term.</summary>
    public Term Term => new(Council, Parameters);

    /// <summary>BLAKE2b-256 of the canonical bytes; computed at each call.</summary>
    public Hash32 Hash => Blake2b.Hash(Bcs.Encode(this));

    public static Genesis Decode(ref BcsReader reader) => new(
        new BlockTime(reader.ReadU64()),
        ChainParameters.Decode(ref reader),
        Council.Decode(ref reader),
        Bcs.ReadList<GenesisAccount>(ref reader, MaxAccounts));

    public void Encode(BcsWriter writer)
    {
        writer.WriteU64(Time.UnixMs);
        Parameters.Encode(writer);
        Council.Encode(writer);
        writer.WriteList(Accounts);
    }
}

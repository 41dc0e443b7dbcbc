using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// What the signature of a <see cref="Proposal"/> covers, with the signature and without the block's contents: a
/// member that signed two different ones for one height and round is convicted by them, whether it was its turn or not.
/// </summary>
/// <param name="Height">The height.</param>
/// <param name="Round">The round it is proposed in.</param>
/// <param name="ValidRound">The earlier round with a polka for the block; null for none.</param>
/// <param name="BlockHash">The proposed block.</param>
/// <param name="Proposer">Index in the council of the height.</param>
/// <param name="Signature">The proposer's, under <see cref="SigningDomain.Proposal"/>.</param>
public sealed record SignedProposal(
    Height Height, Round Round, Round? ValidRound, Hash32 BlockHash, int Proposer, Signature Signature)
    : IBcsValue<SignedProposal>
{
    public static SignedProposal Of(Proposal proposal, int proposer) => new(
        proposal.Height, proposal.Round, proposal.ValidRound, proposal.BlockHash, proposer, proposal.Signature);

    public static SignedProposal Decode(ref BcsReader reader) => new(
        new Height(reader.ReadU64()),
        new Round(reader.ReadU32()),
        reader.ReadBool() ? new Round(reader.ReadU32()) : null,
        reader.ReadHash(),
        reader.ReadLength(Limits.MaxCouncilMembers - 1),
        reader.ReadSignature());

    public void Encode(BcsWriter writer)
    {
        writer.WriteFixed(Proposal.SignedBytes(Height, Round, ValidRound, BlockHash));
        writer.WriteLength(Proposer);
        writer.WriteSignature(Signature);
    }

    /// <summary>Whether the signature is that of <paramref name="key"/> on this chain.</summary>
    public bool SignatureHolds(ChainId chainId, PublicKey key) => SignatureCheck.Holds(
        SigningDomain.Proposal,
        chainId,
        Proposal.SignedBytes(Height, Round, ValidRound, BlockHash),
        key,
        Signature);
}

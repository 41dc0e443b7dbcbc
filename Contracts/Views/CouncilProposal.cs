using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Views;

/// <summary>A proposal as the Council contract knows it.</summary>
/// <param name="Id">From 1, in the order of proposing.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="State">What became of it.</param>
/// <param name="Key">The member it is about; zero for a parameter or a record.</param>
/// <param name="Parameter">The parameter it is about; meaningless for a member or a record.</param>
/// <param name="Value">The parameter's new value; zero for a member or a record.</param>
/// <param name="Proposer">The account that proposed it.</param>
/// <param name="ProposedAt">Height of the block with the proposal.</param>
/// <param name="ExpiresAt">The last height at which it can be approved and applied.</param>
/// <param name="ClosedAt">Height at which it was applied, expired or abandoned; 0 while it is open.</param>
/// <param name="Approvals">Active members that approve it; for a closed one, all that it had.</param>
/// <param name="Needed">The least number that is more than two thirds of the active members now.</param>
/// <param name="Obstacle">What would keep an epoch from applying it now.</param>
public sealed record CouncilProposal(
    ulong Id,
    ProposalKind Kind,
    ProposalState State,
    PublicKey Key,
    CouncilParameter Parameter,
    UInt256 Value,
    Address Proposer,
    Height ProposedAt,
    Height ExpiresAt,
    Height ClosedAt,
    int Approvals,
    int Needed,
    ProposalObstacle Obstacle)
{
    /// <summary>The transaction whose record it would erase; zero for other kinds.</summary>
    public Hash32 Record { get; init; }

    /// <summary>Why it would; None for other kinds.</summary>
    public ErasureGround Ground { get; init; }

    /// <summary>Whether enough members approve it at present; what counts is the next epoch.</summary>
    public bool IsAccepted => State == ProposalState.Open && Approvals >= Needed;

    internal static CouncilProposal Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        ProposalKind kind = (ProposalKind)v[1].AsByte;
        bool isErasure = kind == ProposalKind.EraseRecord;
        return new CouncilProposal(
            v[0].AsUInt64,
            kind,
            (ProposalState)v[2].AsByte,
            isErasure ? default : new PublicKey(v[3].AsBytes),
            isErasure ? default : (CouncilParameter)v[4].AsByte,
            v[5].AsUInt256,
            v[6].AsAddress,
            new Height(v[7].AsUInt64),
            new Height(v[8].AsUInt64),
            new Height(v[9].AsUInt64),
            (int)v[10].AsUInt32,
            (int)v[11].AsUInt32,
            (ProposalObstacle)v[12].AsByte)
        {
            Record = isErasure ? new Hash32(v[3].AsBytes) : default,
            Ground = isErasure ? (ErasureGround)v[4].AsByte : ErasureGround.None,
        };
    }
}

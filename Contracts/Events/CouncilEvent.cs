using EnergyChain.Contracts.Abi;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Events;

/// <summary>What Council logs. The set is closed. Counts are of active members.</summary>
public abstract record CouncilEvent
{
    private CouncilEvent()
    {
    }

    /// <summary>Key or parameter and value, as the kind has it; the other is zero.</summary>
    public sealed record Proposed(
        ulong Id,
        Address Member,
        ProposalKind Kind,
        PublicKey Key,
        CouncilParameter Parameter,
        UInt256 Value,
        Height ExpiresAt) : CouncilEvent
    {
        /// <summary>The transaction to erase; zero for other kinds.</summary>
        public Hash32 Record { get; init; }

        /// <summary>Why it is to be erased; None for other kinds.</summary>
        public ErasureGround Ground { get; init; }
    }

    public sealed record Approved(ulong Id, Address Member, int Approvals, int ActiveMembers) : CouncilEvent;

    public sealed record Withdrawn(ulong Id, Address Member, int Approvals, int ActiveMembers) : CouncilEvent;

    /// <summary>With this approval it is more than two thirds; the next epoch counts again.</summary>
    public sealed record Accepted(ulong Id, int Approvals, int ActiveMembers) : CouncilEvent;

    public sealed record Applied(ulong Id, Height Height) : CouncilEvent;

    public sealed record Expired(ulong Id, Height Height) : CouncilEvent;

    public sealed record Abandoned(ulong Id, Height Height) : CouncilEvent;

    public sealed record Suspended(PublicKey Key, Address Account, Height Height) : CouncilEvent;

    /// <summary>Evidence against the only active member: it stays, as there would be no chain without it.</summary>
    public sealed record LastMemberSpared(PublicKey Key, Height Height) : CouncilEvent;

    public sealed record MemberAdded(PublicKey Key, Address Account) : CouncilEvent;

    public sealed record MemberRemoved(PublicKey Key, Address Account) : CouncilEvent;

    public sealed record MemberReinstated(PublicKey Key, Address Account) : CouncilEvent;

    public sealed record ParameterSet(CouncilParameter Parameter, UInt256 Value, UInt256 Before) : CouncilEvent;

    /// <summary>The record of a transaction is erased from this block on.</summary>
    public sealed record RecordErased(RecordErasure Erasure) : CouncilEvent;

    internal static CouncilEvent? Read(string name, IReadOnlyList<AbiValue> v) => name switch
    {
        nameof(Proposed) => ReadProposed(v),
        nameof(Approved) => new Approved(v[0].AsUInt64, v[1].AsAddress, (int)v[2].AsUInt32, (int)v[3].AsUInt32),
        nameof(Withdrawn) => new Withdrawn(v[0].AsUInt64, v[1].AsAddress, (int)v[2].AsUInt32, (int)v[3].AsUInt32),
        nameof(Accepted) => new Accepted(v[0].AsUInt64, (int)v[1].AsUInt32, (int)v[2].AsUInt32),
        nameof(Applied) => new Applied(v[0].AsUInt64, new Height(v[1].AsUInt64)),
        nameof(Expired) => new Expired(v[0].AsUInt64, new Height(v[1].AsUInt64)),
        nameof(Abandoned) => new Abandoned(v[0].AsUInt64, new Height(v[1].AsUInt64)),
        nameof(Suspended) => new Suspended(new PublicKey(v[0].AsBytes), v[1].AsAddress, new Height(v[2].AsUInt64)),
        nameof(LastMemberSpared) => new LastMemberSpared(new PublicKey(v[0].AsBytes), new Height(v[1].AsUInt64)),
        nameof(MemberAdded) => new MemberAdded(new PublicKey(v[0].AsBytes), v[1].AsAddress),
        nameof(MemberRemoved) => new MemberRemoved(new PublicKey(v[0].AsBytes), v[1].AsAddress),
        nameof(MemberReinstated) => new MemberReinstated(new PublicKey(v[0].AsBytes), v[1].AsAddress),
        nameof(ParameterSet) => new ParameterSet((CouncilParameter)v[0].AsByte, v[1].AsUInt256, v[2].AsUInt256),
        nameof(RecordErased) => new RecordErased(new RecordErasure(
            new Hash32(v[0].AsBytes), v[1].AsUInt64, new Height(v[3].AsUInt64), (ErasureGround)v[2].AsByte)),
        _ => null,
    };

    private static Proposed ReadProposed(IReadOnlyList<AbiValue> v)
    {
        ProposalKind kind = (ProposalKind)v[2].AsByte;
        bool isErasure = kind == ProposalKind.EraseRecord;
        return new Proposed(
            v[0].AsUInt64,
            v[1].AsAddress,
            kind,
            isErasure ? default : new PublicKey(v[3].AsBytes),
            isErasure ? default : (CouncilParameter)v[4].AsByte,
            v[5].AsUInt256,
            new Height(v[6].AsUInt64))
        {
            Record = isErasure ? new Hash32(v[3].AsBytes) : default,
            Ground = isErasure ? (ErasureGround)v[4].AsByte : ErasureGround.None,
        };
    }
}

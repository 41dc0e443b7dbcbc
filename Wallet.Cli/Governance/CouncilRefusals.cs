using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Wallet.Cli.Governance;

/// <summary>What the Council contract's errors mean for who sent the transaction.</summary>
internal static class CouncilRefusals
{
    /// <summary>A sentence; null for an error that is not the council's.</summary>
    public static string? Describe(ReadOnlySpan<byte> revert)
    {
        if (!CouncilContract.Artifact.Abi.TryDecodeError(revert, out AbiError? error, out IReadOnlyList<AbiValue> v))
        {
            return null;
        }

        return error!.Name switch
        {
            "NotMember" => $"{v[0].AsAddress} is no member of the council: use the key of a member's node.",
            "MemberSuspended" => $"{v[0].AsAddress} is suspended since height {v[1].AsUInt64} and has no vote until "
                + "the others reinstate it.",
            "AlreadyApproved" => $"{v[1].AsAddress} approves proposal {v[0].AsUInt64} already.",
            "NotApproved" => $"{v[1].AsAddress} does not approve proposal {v[0].AsUInt64}: there is nothing to take "
                + "back.",
            "UnknownProposal" => Unknown(v[0].AsUInt64),
            "ProposalExpired" => $"Proposal {v[0].AsUInt64} expired: it was open until height {v[1].AsUInt64}.",
            "ProposalClosed" => $"Proposal {v[0].AsUInt64} is closed: it was "
                + $"{((ProposalState)v[1].AsByte).ToString().ToLowerInvariant()}.",
            "AlreadyProposed" => $"Proposal {v[0].AsUInt64} asks for the same: approve that one.",
            "TooManyProposals" => $"There are {v[0].AsUInt64} open proposals, the most there can be; some must close "
                + "at an epoch first.",
            "TooManyProposalsOfMember" => $"{v[0].AsAddress} has {v[1].AsUInt64} open proposals, the most that a "
                + "member can have.",
            "MemberExists" => $"{KeyOf(v[0])} is a member's key already.",
            "UnknownMember" => $"{KeyOf(v[0])} is no member's key.",
            "MemberNotSuspended" => $"{KeyOf(v[0])} is not suspended.",
            "AlreadyErased" => $"The record of {new Hash32(v[0].AsBytes)} was erased by decision {v[1].AsUInt64} "
                + "already.",
            "ValueOutOfRange" => $"{CouncilWords.NameOf((CouncilParameter)v[0].AsByte)} can be {v[2].AsUInt256} to "
                + $"{v[3].AsUInt256}, not {v[1].AsUInt256}.",
            "DurationOutOfRange" => $"A proposal can be open for {v[1].AsUInt64} (the next epoch) to {v[2].AsUInt64} "
                + $"blocks from now, not {v[0].AsUInt64}.",
            _ => null,
        };
    }

    public static string Unknown(ulong id) => $"There is no proposal {id} and there never was.";

    private static PublicKey KeyOf(AbiValue value) => new(value.AsBytes);
}

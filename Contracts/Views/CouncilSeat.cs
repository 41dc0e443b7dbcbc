using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Views;

/// <summary>A member as the Council contract knows it.</summary>
/// <param name="Key">Its Ed25519 key; zero where it is no member.</param>
/// <param name="Account">The account that signs its proposals and approvals.</param>
/// <param name="Status">Whether it votes.</param>
/// <param name="JoinedAt">Height of the epoch that added it; 0 for a member of genesis.</param>
/// <param name="SuspendedAt">Height of the block with the evidence; 0 where it is not suspended.</param>
public sealed record CouncilSeat(
    PublicKey Key, Address Account, MemberStatus Status, Height JoinedAt, Height SuspendedAt)
{
    internal static CouncilSeat Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new CouncilSeat(
            new PublicKey(v[0].AsBytes),
            v[1].AsAddress,
            (MemberStatus)v[2].AsByte,
            new Height(v[3].AsUInt64),
            new Height(v[4].AsUInt64));
    }
}

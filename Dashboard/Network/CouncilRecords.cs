using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Live;

namespace EnergyChain.Dashboard.Network;

/// <summary>Finds what each member of the council did about recent blocks.</summary>
public static class CouncilRecords
{
    /// <summary>
    /// In council order. A block whose term is not that of the newest one may have another council: its signers are
    /// places in that one, and it does not count.
    /// </summary>
    /// <param name="council">The council of now.</param>
    /// <param name="blocks">Newest first.</param>
    public static IReadOnlyList<MemberRecord> Of(IReadOnlyList<Address> council, IReadOnlyList<BlockRow> blocks)
    {
        BlockRow[] counted = [.. blocks.Where(block => IsOfCouncil(block, blocks[0], council.Count))];
        return [.. council.Select((member, place) => new MemberRecord(
            member,
            counted.Count(block => block.Proposer == member),
            counted.Count(block => !block.Signers.Contains((uint)place)),
            counted.Length,
            counted.FirstOrDefault(block => block.Signers.Contains((uint)place))?.Height,
            [.. blocks.Select(block => Mark(block, blocks[0], council, place))]))];
    }

    private static bool IsOfCouncil(BlockRow block, BlockRow newest, int members) =>
        block.Term == newest.Term && block.Signers.Count > 0 && block.Signers.All(place => place < members);

    private static VoteMark Mark(BlockRow block, BlockRow newest, IReadOnlyList<Address> council, int place) =>
        !IsOfCouncil(block, newest, council.Count) ? VoteMark.Unknown
        : !block.Signers.Contains((uint)place) ? VoteMark.Missed
        : block.Proposer == council[place] ? VoteMark.Proposed
        : VoteMark.Signed;
}

using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Consensus;

/// <summary>Log lines of the consensus loop; event ids 2000 to 2099.</summary>
internal static partial class ConsensusLog
{
    [LoggerMessage(2000, LogLevel.Information, "Committed {Height} {Block} in round {Round}, {Count} transactions")]
    public static partial void Committed(this ILogger logger, Height height, Hash32 block, Round round, int count);

    [LoggerMessage(2001, LogLevel.Warning, "Proposal {Block} of {Height} is not valid: {Verdict}")]
    public static partial void InvalidProposal(
        this ILogger logger, Hash32 block, Height height, ProposalVerdict verdict);

    [LoggerMessage(2002, LogLevel.Warning, "Member {Member} is convicted of a {Kind} in {Height}, round {Round}")]
    public static partial void Offended(
        this ILogger logger, int member, OffenceKind kind, Height height, Round round);

    [LoggerMessage(2004, LogLevel.Critical,
        "Another node runs with this validator's key, or its vote journal was lost: "
        + "a {Type} of {Height}, round {Round} came from the network. Stop one of the two.")]
    public static partial void Twin(this ILogger logger, VoteType type, Height height, Round round);

    [LoggerMessage(2005, LogLevel.Information, "No progress at {Height}, round {Round}, step {Step}: sending again")]
    public static partial void Stalled(this ILogger logger, Height height, Round round, string step);

    [LoggerMessage(2006, LogLevel.Critical, "Consensus stops at {Height}: {Reason}")]
    public static partial void Stopped(this ILogger logger, Height height, string reason, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning,
        "This machine's clock is {OffsetMs} ms off those of the other members (negative: behind). A clock that is "
        + "behind votes late or never, one that is ahead loses its turns: synchronize it.")]
    public static partial void ClockIsOff(this ILogger logger, long offsetMs);

    [LoggerMessage(2008, LogLevel.Warning,
        "Proposal {Block} of {Height} cannot be judged: {Missing} of its transactions come neither from member "
        + "{Proposer}, who proposed it, nor from anybody else")]
    public static partial void BodiesWithheld(
        this ILogger logger, Hash32 block, Height height, int proposer, int missing);

    [LoggerMessage(2007, LogLevel.Information, "Consensus goes on at {Height} with {Records} journal records")]
    public static partial void Resumed(this ILogger logger, Height height, int records);

    [LoggerMessage(2010, LogLevel.Warning,
        "This node's key {Account} is not in the council of {Height}: it follows the chain and does not vote")]
    public static partial void NoMember(this ILogger logger, Height height, Address account);

    [LoggerMessage(2009, LogLevel.Information,
        "This node is a member of the council from {Height} on, one of {Members}: it votes")]
    public static partial void Member(this ILogger logger, Height height, int members);
}

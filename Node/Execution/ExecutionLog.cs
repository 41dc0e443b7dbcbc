using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Governance;

namespace EnergyChain.Node.Execution;

/// <summary>Log lines of the execution room; event ids 5200 to 5299.</summary>
internal static partial class ExecutionLog
{
    [LoggerMessage(
        5200, LogLevel.Critical, "Block {Height} {Hash} is certified and its header does not follow from our "
        + "execution: parent state root {TheirRoot}, ours {OurRoot}; parent receipts root {TheirReceipts}, ours "
        + "{OurReceipts}. "
        + "This node or the council is at fault; the block is refused")]
    public static partial void Diverged(
        ILogger logger, Height height, Hash32 hash, Hash32 theirRoot, Hash32 ourRoot, Hash32 theirReceipts,
        Hash32 ourReceipts);

    [LoggerMessage(
        5201, LogLevel.Critical, "Two certified blocks of height {Height}: ours is {OurHash}, the other {TheirHash}. "
        + "More than a third of the council broke the rules")]
    public static partial void Forked(ILogger logger, Height height, Hash32 ourHash, Hash32 theirHash);

    [LoggerMessage(5202, LogLevel.Critical, "Block {Height} could not be stored: {Reason}")]
    public static partial void NotStored(ILogger logger, Height height, string reason);

    [LoggerMessage(
        5203, LogLevel.Information, "Chain opened at height {Height}, state root {StateRoot}: checkpoint of height "
        + "{Checkpoint} and {Replayed} blocks executed again")]
    public static partial void Opened(
        ILogger logger, Height height, Hash32 stateRoot, Height checkpoint, ulong replayed);

    [LoggerMessage(5204, LogLevel.Information, "Executing stored blocks again: {Height} of {Last}")]
    public static partial void Replaying(ILogger logger, Height height, Height last);

    [LoggerMessage(5205, LogLevel.Error, "An observer of the chain threw at block {Height}")]
    public static partial void ObserverFailed(ILogger logger, Height height, Exception failure);

    [LoggerMessage(
        5206, LogLevel.Warning, "Transaction {Id} in block {Height} broke the rules and was skipped: the council "
        + "certified a block that it should have refused")]
    public static partial void Skipped(ILogger logger, Hash32 id, Height height);

    [LoggerMessage(
        5207, LogLevel.Error, "Transaction {Index} of block {Height} gave another receipt when it was run again for a "
        + "trace: the state before it is not kept as it was, which is a bug of this node")]
    public static partial void TraceDiffers(ILogger logger, int index, Height height);

    [LoggerMessage(
        5208, LogLevel.Information, "Block {Height} decided the term from height {From} on: {Members} council members, "
        + "{IntervalMs} ms between blocks, gas price {GasPrice}; term {Term}")]
    public static partial void TermDecided(
        ILogger logger, Height height, Height from, int members, ulong intervalMs, UInt256 gasPrice, Hash32 term);

    [LoggerMessage(
        5209, LogLevel.Error, "The council contract was asked at block {Height} and gave no term to go on with "
        + "({Verdict}): council and parameters stay as they are")]
    public static partial void CouncilNotHeard(ILogger logger, Height height, CouncilVerdict verdict);

    [LoggerMessage(5210, LogLevel.Error, "Blocks {First} to {Last} could not be stored anew: {Reason}")]
    public static partial void NotReplaced(ILogger logger, Height first, Height last, string reason);
}

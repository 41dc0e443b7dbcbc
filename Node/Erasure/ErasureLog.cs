using EnergyChain.Contracts;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Erasure;

internal static partial class ErasureLog
{
    [LoggerMessage(
        5700, LogLevel.Warning, "The record of transaction {Transaction} is erased by decision {Decision} of the "
        + "council at height {Height} ({Ground}): it is shown to nobody any more")]
    public static partial void Decided(
        ILogger logger, Hash32 transaction, ulong decision, Height height, ErasureGround ground);

    [LoggerMessage(5701, LogLevel.Information, "Erased memos are destroyed in the block log, in block {Height}")]
    public static partial void Destroyed(ILogger logger, Height height);

    [LoggerMessage(
        5702, LogLevel.Error, "Erased memos could not be destroyed in the block log; it is tried again with the next "
        + "block")]
    public static partial void NotDestroyed(ILogger logger);
}

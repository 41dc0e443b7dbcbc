using EnergyChain.Core.Primitives;

namespace EnergyChain.Wallet.Cli.Governance;

/// <summary>When the council's decisions take effect, seen from a head.</summary>
/// <param name="Head">The last final height.</param>
/// <param name="HeadTime">Its time.</param>
/// <param name="BlockIntervalMs">The least time between blocks; estimates take it as the time.</param>
/// <param name="EpochBlocks">Blocks between two epochs.</param>
internal sealed record CouncilSchedule(Height Head, BlockTime HeadTime, ulong BlockIntervalMs, ulong EpochBlocks)
{
    // The block after the epoch's is already voted on by the old council: its header is made from the state before.
    private const ulong BlocksUntilInForce = 2;

    /// <summary>The first epoch after a height.</summary>
    public Height EpochAfter(Height height) => new(((height.Value / EpochBlocks) + 1) * EpochBlocks);

    /// <summary>The first height that an epoch's decisions bind.</summary>
    public static Height InForceFrom(Height epoch) => new(epoch.Value + BlocksUntilInForce);

    /// <summary>About when a height will be final.</summary>
    public BlockTime TimeOf(Height height) => new(
        height.Value <= Head.Value
            ? HeadTime.UnixMs
            : HeadTime.UnixMs + ((height.Value - Head.Value) * BlockIntervalMs));
}

using System.Collections.Immutable;
using EnergyChain.Client.Model;
using EnergyChain.Contracts.Views;

namespace EnergyChain.Dashboard.Live;

/// <summary>All that every page knows of the node at one moment. Immutable.</summary>
public sealed record NodeView
{
    /// <summary>Blocks that are kept in memory for lists and charts.</summary>
    public const int MaxBlocks = 240;

    /// <summary>Sites of a node that are asked for once a second; it stops at the page that passes them.</summary>
    public const int MaxSites = 1_000;

    public static readonly NodeView Nothing = new();

    public LinkState Link { get; init; } = new LinkState.Connecting();

    /// <summary>Null until the node has answered once.</summary>
    public ChainInfo? Chain { get; init; }

    /// <inheritdoc cref="Chain"/>
    public NodeStatusInfo? Status { get; init; }

    /// <summary>Null where the market's contract did not answer.</summary>
    public MarketParameters? Market { get; init; }

    /// <summary>Null where the registry's contract did not answer.</summary>
    public RegistryParameters? Registry { get; init; }

    /// <summary>Seconds that a slot's energy was delivered in; in a devnet more than it lasts.</summary>
    public ulong EnergySlotSeconds => Registry?.EnergySlotSeconds ?? Market?.SlotSeconds ?? 1;

    /// <summary>Sites whose agents run in the node, by number.</summary>
    public IReadOnlyList<SiteInfo> Sites { get; init; } = [];

    /// <summary>Recent blocks, newest first.</summary>
    public ImmutableList<BlockRow> Blocks { get; init; } = [];

    /// <summary>When the node last answered.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>Whether values can be shown as those of now.</summary>
    public bool IsFresh => Link is LinkState.Live or LinkState.Stale;

    /// <summary>The same with one block more in front.</summary>
    public NodeView With(BlockRow block)
    {
        // After a new link the stream begins again before the head.
        if (Blocks.Count > 0 && block.Height.Value <= Blocks[0].Height.Value)
        {
            return this;
        }

        ImmutableList<BlockRow> blocks = Blocks.Insert(0, block);
        return this with { Blocks = blocks.Count > MaxBlocks ? blocks.RemoveAt(blocks.Count - 1) : blocks };
    }
}

using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>Which rows of the history are wanted: all that is set must hold. Newest first.</summary>
public sealed record HistoryQuery
{
    public uint? Site { get; init; }

    public ulong? Slot { get; init; }

    /// <summary>The order's owner, either party of a trade, or a reading's device.</summary>
    public Address? Account { get; init; }

    /// <summary>Orders and trades only: the one of this id.</summary>
    public ulong? Id { get; init; }

    /// <summary>Orders only: those that are still open.</summary>
    public bool OpenOnly { get; init; }

    /// <summary>Not for orders: times of the block in ms, from included, to excluded; 0 leaves it open.</summary>
    public ulong FromTimeMs { get; init; }

    /// <inheritdoc cref="FromTimeMs"/>
    public ulong ToTimeMs { get; init; }

    /// <summary>Readings only: slots, from included, to excluded; 0 leaves it open.</summary>
    public ulong FromSlot { get; init; }

    /// <inheritdoc cref="FromSlot"/>
    public ulong ToSlot { get; init; }

    /// <summary>Rows of a page, 1 to 500.</summary>
    public uint PageSize { get; init; } = 50;

    public string PageToken { get; init; } = "";
}

using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>Which events of the index are wanted: all that is set must hold. Newest first.</summary>
public sealed record EventQuery
{
    public Address? Contract { get; init; }

    /// <summary>An account among the event's fields.</summary>
    public Address? Account { get; init; }

    public uint? Site { get; init; }

    public ulong? Slot { get; init; }

    /// <summary>Such as OrderPlaced; empty for any.</summary>
    public string Name { get; init; } = "";

    /// <summary>Heights, both included; 0 leaves it open.</summary>
    public ulong FromHeight { get; init; }

    /// <inheritdoc cref="FromHeight"/>
    public ulong ToHeight { get; init; }

    /// <summary>Rows of a page, 1 to 500.</summary>
    public uint PageSize { get; init; } = 50;

    public string PageToken { get; init; } = "";
}

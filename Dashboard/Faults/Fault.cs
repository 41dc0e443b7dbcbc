namespace EnergyChain.Dashboard.Faults;

/// <summary>Something that a person should look at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">Whom it is about, such as "Site 3, grid meter"; text of others.</param>
/// <param name="Detail">What was seen, in a sentence; text of others.</param>
/// <param name="Since">Since when; null where that is not known.</param>
/// <param name="IsSerious">Whether measuring or trading stands still for it.</param>
public sealed record Fault(FaultKind Kind, string Subject, string Detail, DateTimeOffset? Since, bool IsSerious)
{
    /// <summary>The site that it is of; null where it is of none or of one that the node does not tell.</summary>
    public uint? Site { get; init; }
}

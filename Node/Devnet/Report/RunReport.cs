namespace EnergyChain.Node.Devnet.Report;

/// <summary>
/// What a devnet run did, as <c>--report</c> writes it. Names are snake_case in the file; money is a decimal string of
/// base units (10^-18 ENC), energy whole Wh, times ms. docs/operations.md explains every field.
/// </summary>
public sealed record RunReport
{
    public required ChainSection Chain { get; init; }

    public required ParametersSection Parameters { get; init; }

    public required IReadOnlyList<SlotRow> Slots { get; init; }

    public required IReadOnlyList<SiteSlotRow> SiteSlots { get; init; }

    public required IReadOnlyList<SiteRow> Sites { get; init; }

    public required TotalsSection Totals { get; init; }

    /// <summary>Validators that fell and meters that failed, in order of time.</summary>
    public required IReadOnlyList<FaultRow> Faults { get; init; }

    /// <summary>Sums that do not add up; empty in a sound run.</summary>
    public required IReadOnlyList<string> Discrepancies { get; init; }
}

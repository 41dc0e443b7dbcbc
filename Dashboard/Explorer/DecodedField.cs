namespace EnergyChain.Dashboard.Explorer;

/// <summary>A parameter with its value as text.</summary>
/// <param name="Name">Of the parameter; one within a struct behind the struct's name and a dot.</param>
/// <param name="Value">As it lies in the call or event.</param>
public sealed record DecodedField(string Name, string Value)
{
    /// <summary>The value with its unit, for people; empty where it has none.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>Page of what the value names; null where it names nothing that has one.</summary>
    public string? Page { get; init; }
}

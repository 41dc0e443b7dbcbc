namespace EnergyChain.Benchmarks.Storage;

/// <summary>One figure of the storage benchmark.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">What came out.</param>
/// <param name="Limit">What it must stay below.</param>
/// <param name="Unit">Of both.</param>
internal sealed record StorageFigure(string Name, double Value, double Limit, string Unit)
{
    /// <summary>Whether it is within what the project promises.</summary>
    public bool Holds => Value < Limit;
}

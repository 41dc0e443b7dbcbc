namespace EnergyChain.Benchmarks.Faults;

/// <summary>One network that is measured.</summary>
internal interface IFaultCase
{
    /// <summary>What <c>--only</c> calls it.</summary>
    string Name { get; }

    /// <summary>Runs it. Throws <see cref="TimeoutException"/> where the network does not do what it should.</summary>
    Task<IReadOnlyList<FaultFigure>> MeasureAsync(FaultsOptions options, TextWriter progress);
}

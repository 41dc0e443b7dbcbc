namespace EnergyChain.Vm.Tracing;

/// <summary>Whether a tracer is called, as a type: the loop compiled without it carries no trace of tracing.</summary>
internal interface ITracing
{
    static abstract bool IsOn { get; }
}

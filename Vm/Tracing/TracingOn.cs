namespace EnergyChain.Vm.Tracing;

internal readonly struct TracingOn : ITracing
{
    public static bool IsOn => true;
}

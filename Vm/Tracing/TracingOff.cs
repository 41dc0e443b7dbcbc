namespace EnergyChain.Vm.Tracing;

internal readonly struct TracingOff : ITracing
{
    public static bool IsOn => false;
}

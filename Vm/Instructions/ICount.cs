namespace EnergyChain.Vm.Instructions;

/// <summary>A number known when a generic handler is compiled, so that the handler has no branch on it.</summary>
internal interface ICount
{
    static abstract int Value { get; }
}

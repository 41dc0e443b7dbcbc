using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Api;

/// <summary>When something about a slot can be on the chain at the earliest.</summary>
internal static class SlotTimes
{
    private const ulong MsPerSecond = 1_000;

    /// <summary>
    /// The time, in unix milliseconds, before which no meter record of a slot or a later one is accepted: the registry
    /// takes none before its slot has ended. 0 where the chain has no registry.
    /// </summary>
    public static ulong FirstRecordMs(IChain chain, ulong slot)
    {
        try
        {
            RegistryParameters parameters = new ContractReader(chain).Ask(
                MeterRegistryContract.Address, MeterRegistryContract.Parameters());
            UInt128 end = ((UInt128)slot + 1) * parameters.SlotSeconds * MsPerSecond;
            return end > ulong.MaxValue ? ulong.MaxValue : (ulong)end;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }
}

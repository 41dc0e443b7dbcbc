using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Views;

/// <summary>The registry's parameters. Times in seconds, reward in base units per kWh, thresholds in Wh.</summary>
/// <param name="SlotSeconds">Length of a slot on the chain's clock.</param>
/// <param name="EnergySlotSeconds">Delivery time that a slot stands for.</param>
/// <param name="ReportWindowSeconds">How long after a slot ends its records still count.</param>
/// <param name="Operator">Registers and revokes.</param>
/// <param name="Market">The market that is told of exports.</param>
/// <param name="Certificate">The certificates that are minted.</param>
/// <param name="RewardPerKwh">Reward before the first halving.</param>
/// <param name="HalvingThresholdsWh">Eight entries; zeros end the list.</param>
public sealed record RegistryParameters(
    ulong SlotSeconds,
    ulong EnergySlotSeconds,
    ulong ReportWindowSeconds,
    Address Operator,
    Address Market,
    Address Certificate,
    UInt256 RewardPerKwh,
    IReadOnlyList<ulong> HalvingThresholdsWh)
{
    internal static RegistryParameters Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new RegistryParameters(
            v[0].AsUInt64,
            v[1].AsUInt64,
            v[2].AsUInt64,
            v[3].AsAddress,
            v[4].AsAddress,
            v[5].AsAddress,
            v[6].AsUInt256,
            [.. v[7].Items.Select(item => item.AsUInt64)]);
    }
}

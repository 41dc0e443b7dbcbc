using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Tests.Billing;

namespace EnergyChain.Dashboard.Tests;

/// <summary>Market and registry, which tell their parameters and nothing else. Slots take a minute.</summary>
internal static class FakeContracts
{
    public static MarketParameters Market { get; } = new(
        Rows.SlotSeconds,
        30,
        120,
        Address.FromNumber(1),
        Address.FromNumber(2),
        Address.FromNumber(3),
        Address.FromNumber(4),
        Rows.Big(20_000),
        Rows.Big(500_000));

    public static CallResult Answer(CallMessage message)
    {
        Address none = Address.FromNumber(1);
        ulong[] thresholds = [1, 2, 3, 4, 5, 6, 7, 8];
        AbiValue[] market =
        [
            Market.SlotSeconds, Market.GateLeadSeconds, Market.ReportWindowSeconds, Market.Operator, Market.GridAccount,
            Market.Registry, Market.Certificate, Market.GridFeePerKwh, Market.CollateralPerKwh,
        ];
        AbiValue[] registry =
        [
            Rows.SlotSeconds, Rows.SlotSeconds, 120UL, none, none, none, 1UL,
            thresholds.Select(threshold => (AbiValue)threshold).ToArray(),
        ];
        return message.To == EnergyMarketContract.Address ? Parameters(EnergyMarketContract.Artifact.Abi, market)
            : message.To == MeterRegistryContract.Address ? Parameters(MeterRegistryContract.Artifact.Abi, registry)
            : new CallResult(false, default, new Gas(1), "no such contract");
    }

    private static CallResult Parameters(ContractAbi abi, AbiValue[] values)
    {
        AbiFunction parameters = abi.Functions.Single(function => function.Name == "parameters");
        return new CallResult(true, AbiEncoder.Encode(parameters.Outputs, [values]), new Gas(1), "");
    }
}

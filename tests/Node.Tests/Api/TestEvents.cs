using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Tests.Api;

/// <summary>Logs as the compiled contracts would emit them.</summary>
internal static class TestEvents
{
    public static LogEntry Market(string name, params AbiValue[] values) =>
        Of(EnergyMarketContract.Address, EnergyMarketContract.Artifact.Abi, name, values);

    public static LogEntry Registry(string name, params AbiValue[] values) =>
        Of(MeterRegistryContract.Address, MeterRegistryContract.Artifact.Abi, name, values);

    public static LogEntry Order(ulong slot, ulong id, uint site, Address account, bool buy, uint energyWh) => Market(
        "OrderPlaced", slot, id, (ulong)site, account, buy ? 1UL : 2UL, (ulong)energyWh, 250_000UL, 77UL);

    public static LogEntry Trade(
        ulong slot, ulong place, ulong buyOrder, ulong sellOrder, Address seller, Address buyer, uint energyWh)
    {
        AbiValue[] view = [TradeId(slot, place), 1UL, 2UL, seller, buyer, (ulong)energyWh, 250_000UL];
        return Market("TradeMade", slot, TradeId(slot, place), buyOrder, sellOrder, view);
    }

    public static LogEntry Settled(ulong slot, ulong place, uint soldWh, uint deliveredWh)
    {
        AbiValue[] line =
        [
            1UL, 2UL, (ulong)soldWh, (ulong)deliveredWh, (ulong)(soldWh - deliveredWh), 900UL, 0UL, 250_000UL,
            (ulong)deliveredWh * 250, 4UL, 3UL, 2UL, 1UL,
        ];
        return Market("TradeSettled", slot, TradeId(slot, place), line);
    }

    public static LogEntry Record(ulong slot, Address device, uint site, ulong exportedWh)
    {
        AbiValue[] record =
        [
            slot, 10UL, exportedWh, 1_200UL, 300UL, 4_000UL, 100UL, 200UL, 300UL, slot, Hash32.Zero,
        ];
        return Registry("RecordAccepted", slot, device, (ulong)site, record, false);
    }

    public static ulong TradeId(ulong slot, ulong place) => (slot << 16) | place;

    private static LogEntry Of(Address contract, ContractAbi abi, string name, AbiValue[] values)
    {
        AbiEvent happening = abi.Events.Single(candidate => candidate.Name == name);
        List<Hash32> topics = [happening.Topic];
        List<AbiParameter> inData = [];
        List<AbiValue> dataValues = [];
        for (int i = 0; i < values.Length; i++)
        {
            AbiParameter input = happening.Inputs[i];
            if (input.IsIndexed)
            {
                topics.Add(new Hash32(AbiEncoder.Encode([input], [values[i]])));
            }
            else
            {
                inData.Add(input);
                dataValues.Add(values[i]);
            }
        }

        return new LogEntry(contract, topics, AbiEncoder.Encode(inData, dataValues));
    }
}

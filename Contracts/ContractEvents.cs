using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts;

/// <summary>Names of the events of the predeployed contracts.</summary>
public static class ContractEvents
{
    private static readonly Dictionary<Address, Dictionary<Hash32, string>> Names = new()
    {
        [EnergyMarketContract.Address] = NamesOf(EnergyMarketContract.Artifact.Abi),
        [MeterRegistryContract.Address] = NamesOf(MeterRegistryContract.Artifact.Abi),
        [GreenCertificateContract.Address] = NamesOf(GreenCertificateContract.Artifact.Abi),
        [CouncilContract.Address] = NamesOf(CouncilContract.Artifact.Abi),
    };

    /// <summary>The event's name; empty where contract or event is unknown.</summary>
    public static string NameOf(LogEntry log) =>
        log.Topics.Count > 0 && Names.TryGetValue(log.Address, out Dictionary<Hash32, string>? events)
            ? events.GetValueOrDefault(log.Topics[0], "")
            : "";

    private static Dictionary<Hash32, string> NamesOf(ContractAbi abi) =>
        abi.Events.ToDictionary(happening => happening.Topic, happening => happening.Name);
}

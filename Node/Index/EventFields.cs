using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index;

/// <summary>What an event of a predeployed contract can be found by: its name, accounts, sites and slot.</summary>
internal sealed class EventFields
{
    private static readonly Dictionary<Address, ContractAbi> Abis = new()
    {
        [EnergyMarketContract.Address] = EnergyMarketContract.Artifact.Abi,
        [MeterRegistryContract.Address] = MeterRegistryContract.Artifact.Abi,
        [GreenCertificateContract.Address] = GreenCertificateContract.Artifact.Abi,
        [CouncilContract.Address] = CouncilContract.Artifact.Abi,
    };

    private EventFields()
    {
    }

    public string Name { get; private set; } = "";

    public HashSet<Address> Accounts { get; } = [];

    /// <summary>In the order of the event's fields.</summary>
    public List<uint> Sites { get; } = [];

    public ulong? Slot { get; private set; }

    /// <summary>The fields of a log; only its contract is known where it is not one of the chain's own.</summary>
    public static EventFields Of(LogEntry log)
    {
        EventFields fields = new();
        if (!Abis.TryGetValue(log.Address, out ContractAbi? abi)
            || !abi.TryDecodeEvent(log.Topics, log.Data.Span, out string name, out IReadOnlyList<AbiValue> values))
        {
            return fields;
        }

        fields.Name = name;
        AbiEvent happening = abi.Events.Single(candidate => candidate.Name == name);
        fields.Collect(happening.Inputs, values);
        return fields;
    }

    private void Collect(IReadOnlyList<AbiParameter> parameters, IReadOnlyList<AbiValue> values)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            string name = parameters[i].Name;
            switch (parameters[i].Type)
            {
                case AbiType.Account when !values[i].AsAddress.IsZero:
                    Accounts.Add(values[i].AsAddress);
                    break;
                case AbiType.UInt when name.EndsWith("site", StringComparison.OrdinalIgnoreCase):
                    AddSite(values[i].AsUInt32);
                    break;
                case AbiType.UInt when name == "slot":
                    Slot = values[i].AsUInt64;
                    break;
                case AbiType.Tuple tuple:
                    Collect(tuple.Components, values[i].Items);
                    break;
                default:
                    break;
            }
        }
    }

    private void AddSite(uint site)
    {
        if (!Sites.Contains(site))
        {
            Sites.Add(site);
        }
    }
}

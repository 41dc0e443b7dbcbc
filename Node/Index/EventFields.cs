using EnergyChain.Contracts;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index;

/// <summary>What an event of a predeployed contract can be found by: its name, accounts, sites and slot.</summary>
internal sealed class EventFields
{
    private static readonly Dictionary<(Address Contract, Hash32 Topic), AbiEvent> Known = new[]
    {
        (EnergyMarketContract.Address, EnergyMarketContract.Artifact.Abi),
        (MeterRegistryContract.Address, MeterRegistryContract.Artifact.Abi),
        (GreenCertificateContract.Address, GreenCertificateContract.Artifact.Abi),
        (CouncilContract.Address, CouncilContract.Artifact.Abi),
    }.SelectMany(
        static contract => contract.Abi.Events,
        static (contract, happening) => KeyValuePair.Create((contract.Address, happening.Topic), happening))
        .ToDictionary();

    private EventFields()
    {
    }

    public string Name { get; private set; } = "";

    public HashSet<Address> Accounts { get; } = [];

    /// <summary>In the order of the event's fields.</summary>
    public List<uint> Sites { get; } = [];

    public ulong? Slot { get; private set; }

    /// <summary>Orders and offers that it concerns, by id; none twice.</summary>
    public List<ulong> Orders { get; } = [];

    /// <summary>The trade that it made or settled.</summary>
    public ulong? Trade { get; private set; }

    /// <summary>Topics of the chain's own events of a name; more than one where they differ in their fields.</summary>
    public static IReadOnlyList<Hash32> TopicsOf(string name) =>
        [.. Known.Values.Where(happening => happening.Name == name).Select(happening => happening.Topic).Distinct()];

    /// <summary>The fields of a log; only its contract is known where it is not one of the chain's own.</summary>
    public static EventFields Of(LogEntry log)
    {
        EventFields fields = new();
        if (log.Topics.Count == 0
            || !Known.TryGetValue((log.Address, log.Topics[0]), out AbiEvent? happening)
            || !happening.TryDecode(log.Topics, log.Data.Span, out IReadOnlyList<AbiValue> values))
        {
            return fields;
        }

        fields.Name = happening.Name;
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
                case AbiType.UInt when name == "tradeId":
                    Trade = values[i].AsUInt64;
                    break;
                case AbiType.UInt when name.EndsWith("orderId", StringComparison.OrdinalIgnoreCase)
                    || name == "offerId":
                    AddOrder(values[i].AsUInt64);
                    break;
                case AbiType.Tuple tuple:
                    Collect(tuple.Components, values[i].Items);
                    break;
                default:
                    break;
            }
        }
    }

    // 0 stands for none: an accepted offer has no buying order.
    private void AddOrder(ulong order)
    {
        if (order != 0 && !Orders.Contains(order))
        {
            Orders.Add(order);
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

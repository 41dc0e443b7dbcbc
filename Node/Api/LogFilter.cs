using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>Which events a caller wants; all conditions must hold.</summary>
internal sealed class LogFilter
{
    private readonly HashSet<Address> _addresses;
    private readonly HashSet<Hash32> _eventTopics;
    private readonly Hash32? _account;

    private LogFilter(HashSet<Address> addresses, HashSet<Hash32> eventTopics, Hash32? account)
    {
        _addresses = addresses;
        _eventTopics = eventTopics;
        _account = account;
    }

    public static LogFilter Read(Proto.LogFilter? filter)
    {
        filter ??= new Proto.LogFilter();
        RequireFew("filter.addresses", filter.Addresses.Count);
        RequireFew("filter.event_topics", filter.EventTopics.Count);
        Address? account = RequestFields.OptionalAddress("filter.account", filter.Account);
        return new LogFilter(
            [.. filter.Addresses.Select(text => RequestFields.Address("filter.addresses", text))],
            [.. filter.EventTopics.Select(text => RequestFields.Hash("filter.event_topics", text))],
            account is { } address ? AsTopic(address) : null);
    }

    public bool Matches(LogEntry log) =>
        (_addresses.Count == 0 || _addresses.Contains(log.Address))
        && (_eventTopics.Count == 0 || (log.Topics.Count > 0 && _eventTopics.Contains(log.Topics[0])))
        && (_account is not { } account || log.Topics.Skip(1).Contains(account));

    private static void RequireFew(string field, int count)
    {
        if (count > ApiLimits.MaxFilterEntries)
        {
            throw ApiError.Invalid(field, $"{count} entries; at most {ApiLimits.MaxFilterEntries} are taken.");
        }
    }

    // An indexed address fills a topic from the left with zeros.
    private static Hash32 AsTopic(Address address)
    {
        Span<byte> topic = stackalloc byte[Hash32.Size];
        topic.Clear();
        address.CopyTo(topic[(Hash32.Size - Address.Size)..]);
        return new Hash32(topic);
    }
}

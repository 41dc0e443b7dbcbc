using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>A request for events: the narrowest list that holds them, and which of its rows are meant.</summary>
internal sealed class EventQuery
{
    private const int MaxNameLength = 64;

    private readonly Proto.ListEventsRequest _request;
    private readonly string _contract;
    private readonly Address? _account;
    private readonly string _topic;

    public EventQuery(Proto.ListEventsRequest request)
    {
        _request = request;
        _contract = RequestFields.OptionalAddress("contract", request.Contract)?.ToString() ?? "";
        _account = RequestFields.OptionalAddress("account", request.Account);
        if (request.ToHeight != 0 && request.ToHeight < request.FromHeight)
        {
            throw ApiError.Invalid("to_height", $"{request.ToHeight} lies before {request.FromHeight}.");
        }

        if (request.Name.Length > MaxNameLength)
        {
            throw ApiError.Invalid("name", $"{request.Name.Length} characters; at most {MaxNameLength} are taken.");
        }

        Hash32? topic = request.Topic.Length == 0 ? null : RequestFields.Hash("topic", request.Topic);
        _topic = topic?.ToString() ?? "";

        // A row does not hold all accounts and sites of its event, so their lists are the ones to walk, and the two
        // cannot be asked for together.
        if (_account is not null && request.HasSite)
        {
            throw ApiError.Invalid("site", "account and site cannot be combined; ask for one and sort out the other.");
        }

        // The chain's own events of one name have one topic; a name that none has finds nothing under topic 0.
        topic ??= request.Name.Length > 0 ? EventFields.TopicsOf(request.Name).SingleOrDefault() : null;
        List = this switch
        {
            { _account: { } account } => IndexKey.Of(IndexList.EventsByAccount, account),
            { _request.HasSite: true } => IndexKey.Of(IndexList.EventsBySite, request.Site),
            { _request.HasSlot: true } => IndexKey.Of(IndexList.EventsBySlot, request.Slot),
            _ when topic is { } known => IndexKey.Of(IndexList.EventsByTopic, known),
            { _contract.Length: > 0 } =>
                IndexKey.Of(IndexList.EventsByContract, RequestFields.Address("contract", request.Contract)),
            _ => null,
        };
    }

    /// <summary>No event at or above this position is wanted.</summary>
    public ulong Ceiling => _request.ToHeight is > 0 and < uint.MaxValue
        ? IndexPosition.Of(new Height(_request.ToHeight + 1), 0)
        : IndexPosition.Last;

    /// <summary>The list to walk; null for all events.</summary>
    public IndexKey? List { get; }

    public RowVerdict Judge(Proto.Event row)
    {
        if (row.Log.Height < _request.FromHeight)
        {
            return RowVerdict.Stop;
        }

        bool wanted = (_topic.Length == 0 || (row.Log.Topics.Count > 0 && row.Log.Topics[0] == _topic))
            && (_contract.Length == 0 || row.Log.Address == _contract)
            && (_request.Name.Length == 0 || row.Log.Name == _request.Name)
            && (!_request.HasSlot || (row.HasSlot && row.Slot == _request.Slot));
        return wanted ? RowVerdict.Take : RowVerdict.Skip;
    }
}

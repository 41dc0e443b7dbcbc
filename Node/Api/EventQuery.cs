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

        // A row does not hold all accounts and sites of its event, so their lists are the ones to walk, and the two
        // cannot be asked for together.
        if (_account is not null && request.HasSite)
        {
            throw ApiError.Invalid("site", "account and site cannot be combined; ask for one and sort out the other.");
        }

        List = this switch
        {
            { _account: { } account } => (IndexLists.EventsByAccount, IndexLists.Key(account)),
            { _request.HasSite: true } => (IndexLists.EventsBySite, IndexLists.Key(request.Site)),
            { _request.HasSlot: true } => (IndexLists.EventsBySlot, IndexLists.Key(request.Slot)),
            { _request.Name.Length: > 0 } => (IndexLists.EventsByName, request.Name),
            { _contract.Length: > 0 } =>
                (IndexLists.EventsByContract, IndexLists.Key(RequestFields.Address("contract", request.Contract))),
            _ => null,
        };
    }

    /// <summary>The list to walk; null for all events.</summary>
    public (string List, string Key)? List { get; }

    public RowVerdict Judge(Proto.Event row)
    {
        if (row.Log.Height < _request.FromHeight)
        {
            return RowVerdict.Stop;
        }

        bool wanted = (_request.ToHeight == 0 || row.Log.Height <= _request.ToHeight)
            && (_contract.Length == 0 || row.Log.Address == _contract)
            && (_request.Name.Length == 0 || row.Log.Name == _request.Name)
            && (!_request.HasSlot || (row.HasSlot && row.Slot == _request.Slot));
        return wanted ? RowVerdict.Take : RowVerdict.Skip;
    }
}

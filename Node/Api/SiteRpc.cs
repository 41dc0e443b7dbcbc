using Grpc.Core;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>energychain.v1.SiteService.</summary>
internal sealed class SiteRpc(IServiceProvider services) : Proto.SiteService.SiteServiceBase
{
    private readonly ISiteStatus? _status = services.GetService<ISiteStatus>();

    private ISiteStatus Status => _status
        ?? throw ApiError.NotKept("No site agent runs in this node; ask the site's own node.");

    /// <summary>The state as the API names it.</summary>
    public static string NameOf(DeviceState state) => state switch
    {
        DeviceState.Starting => "starting",
        DeviceState.Ok => "ok",
        DeviceState.Silent => "silent",
        DeviceState.Exception => "exception",
        DeviceState.Garbage => "garbage",
        DeviceState.Reset => "reset",
        DeviceState.Implausible => "implausible",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public override Task<Proto.ListSitesResponse> ListSites(Proto.ListSitesRequest request, ServerCallContext context)
    {
        IReadOnlyList<SiteSnapshot> sites = Status.Sites;
        (int from, int to, string next) = ListPage.Of(request.PageToken, request.PageSize, sites.Count);
        Proto.ListSitesResponse response = new() { NextPageToken = next };
        response.Sites.AddRange(sites.Take(from..to).Select(Message));
        return Task.FromResult(response);
    }

    public override Task<Proto.Site> GetSite(Proto.GetSiteRequest request, ServerCallContext context)
    {
        SiteSnapshot? site = Status.Sites.FirstOrDefault(candidate => candidate.Site == request.Site);
        return site is null
            ? throw ApiError.NotFound($"No agent of site {request.Site} runs in this node; ask the site's own node.")
            : Task.FromResult(Message(site));
    }

    private static Proto.Site Message(SiteSnapshot site)
    {
        Proto.Site message = new()
        {
            Site_ = site.Site,
            Name = site.Name,
            Account = site.Account.ToString(),
            ReadMs = site.ReadMs,
        };
        SetValues(message, site);
        message.Devices.AddRange(site.Devices.Take(ApiLimits.MaxShownDevices).Select(DeviceMessages.Of));
        message.Records = DeviceMessages.Of(site.Records);
        return message;
    }

    // A null cannot be assigned to an optional field of a message: absent means never set.
    private static void SetValues(Proto.Site message, SiteSnapshot site)
    {
        if (site.ProductionW is { } production)
        {
            message.ProductionW = production;
        }

        if (site.ConsumptionW is { } consumption)
        {
            message.ConsumptionW = consumption;
        }

        if (site.GridW is { } grid)
        {
            message.GridW = grid;
        }

        if (site.BatteryW is { } battery)
        {
            message.BatteryW = battery;
        }

        if (site.SocWh is { } soc)
        {
            message.SocWh = soc;
        }

        if (site.BatteryCapacityWh is { } capacity)
        {
            message.BatteryCapacityWh = capacity;
        }
    }
}

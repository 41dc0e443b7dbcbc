using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Live;

namespace EnergyChain.Dashboard.Explorer;

/// <summary>Questions for metering devices.</summary>
public static class DeviceQueries
{
    /// <summary>Records that are looked through at most for the list of devices.</summary>
    public const int MaxLooked = 10_000;

    private const uint PageSize = 500;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>The newest record of each device that has reported lately, by site.</summary>
    public static LiveQuery<ReportingList> Reporting { get; } =
        new("devices/reporting", ReadReportingAsync, Every) { Rows = static list => list.Newest.Count };

    /// <summary>A device as the registry has it; not found where it does not.</summary>
    public static LiveQuery<RegisteredDevice> Of(Address device) => new(
        $"device/{device}",
        async (node, stop) => await FindAsync(node, device, stop)
            ?? throw new NodeClientException(NodeClientError.NotFound, "The registry knows no such device."),
        Every);

    /// <summary>Null where the registry does not know it, or is not there.</summary>
    public static async Task<RegisteredDevice?> FindAsync(
        INodeClient node, Address device, CancellationToken cancellationToken)
    {
        try
        {
            RegisteredDevice found = await node.QueryAsync(
                MeterRegistryContract.Address, MeterRegistryContract.DeviceOf(device), cancellationToken);
            return found.Status == DeviceStatus.Unknown ? null : found;
        }
        catch (CallRevertedException)
        {
            return null;
        }
        catch (NodeClientException error) when (error.Error == NodeClientError.BadAnswer)
        {
            return null;
        }
    }

    // Goes back until a page brings no device that was not seen: those are all that report by now.
    private static async Task<ReportingList> ReadReportingAsync(INodeClient node, CancellationToken cancellationToken)
    {
        Dictionary<Address, ReadingInfo> newest = [];
        HistoryQuery query = new() { PageSize = PageSize };
        int looked = 0;
        bool isNew;
        do
        {
            PageOf<ReadingInfo> page = await node.ListReadingsAsync(query, cancellationToken);
            isNew = page.Rows.Count(row => newest.TryAdd(row.Device, row)) > 0;
            looked += page.Rows.Count;
            query = query with { PageToken = page.NextPageToken };
        }
        while (isNew && query.PageToken.Length > 0 && looked < MaxLooked);
        return new ReportingList(
            [.. newest.Values.OrderBy(row => row.Site).ThenBy(row => row.Device)],
            looked,
            IsCut: isNew && query.PageToken.Length > 0);
    }
}

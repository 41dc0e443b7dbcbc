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
    /// <summary>Records that are looked through for the list of devices.</summary>
    public const uint Looked = 500;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>The newest record of each device that has reported lately, by site.</summary>
    public static LiveQuery<IReadOnlyList<ReadingInfo>> Reporting { get; } = new(
        "devices/reporting",
        static async (node, stop) =>
        {
            PageOf<ReadingInfo> page = await node.ListReadingsAsync(new HistoryQuery { PageSize = Looked }, stop);
            return [.. page.Rows.DistinctBy(row => row.Device).OrderBy(row => row.Site).ThenBy(row => row.Device)];
        },
        Every);

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
}

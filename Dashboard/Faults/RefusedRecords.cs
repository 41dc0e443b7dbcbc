using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Faults;

/// <summary>Records of a site's devices that the chain took and refused.</summary>
public static class RefusedRecords
{
    private const uint Looked = 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WorthTelling = TimeSpan.FromHours(1);

    /// <summary>The failed ones among the newest transactions of each device.</summary>
    public static LiveQuery<IReadOnlyList<TransferInfo>> Query(SiteInfo site) =>
        new($"refused/{site.Site}", (node, stop) => ReadAsync(node, site, stop), Every);

    /// <summary>One fault where a record was refused within the hour.</summary>
    public static IEnumerable<Fault> Faults(IReadOnlyList<TransferInfo> refused, DateTimeOffset now)
    {
        TransferInfo[] recent = [.. refused.Where(record => now - SiteClock.Utc(record.Time) < WorthTelling)];
        if (recent.Length > 0)
        {
            TransferInfo newest = recent.MaxBy(record => record.Height.Value)!;
            yield return new Fault(
                FaultKind.RecordRefused,
                Shown.Short(newest.Sender.ToString()),
                $"\u00d7 {recent.Length} \u00b7 {newest.Id}",
                recent.Min(record => SiteClock.Utc(record.Time)),
                IsSerious: false);
        }
    }

    private static async Task<IReadOnlyList<TransferInfo>> ReadAsync(
        INodeClient node, SiteInfo site, CancellationToken cancellationToken)
    {
        List<TransferInfo> refused = [];
        foreach (DeviceInfo device in site.Devices)
        {
            if (device.Account is { } account)
            {
                PageOf<TransferInfo> page = await node.ListTransactionsAsync(
                    new HistoryQuery { Account = account, PageSize = Looked }, cancellationToken);
                refused.AddRange(page.Rows.Where(row => !row.Succeeded && row.To == MeterRegistryContract.Address));
            }
        }

        return refused;
    }
}

using EnergyChain.Client.Model;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Faults;

/// <summary>Finds what is wrong in a node's view; the worst first.</summary>
public static class FaultFinder
{
    private const ulong BlocksBehind = 5;
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(30);

    /// <param name="view">The node.</param>
    /// <param name="now">The time of now.</param>
    /// <param name="site">Devices and values of this site only; null for all.</param>
    public static IReadOnlyList<Fault> Find(NodeView view, DateTimeOffset now, uint? site = null)
    {
        List<Fault> faults = [];
        AddNode(view, faults);
        foreach (SiteInfo info in view.Sites.Where(info => site is null || info.Site == site))
        {
            faults.AddRange(info.Devices.Where(IsIll).Select(device => Of(info, device)));
            AddStale(info, now, faults);
            AddRecords(info, faults);
        }

        // A node lists faults of sites whose values it does not give.
        faults.AddRange((view.Status?.SiteFaults ?? [])
            .Where(fault => site is null || fault.Site == site)
            .Where(fault => view.Sites.All(info => info.Site != fault.Site))
            .Select(fault => Of($"{fault.Site} \u00b7 {fault.Device}", fault.State, fault.Reason, fault.Since.UnixMs)));
        return [.. faults.OrderByDescending(fault => fault.IsSerious).ThenBy(fault => fault.Since)];
    }

    private static bool IsIll(DeviceInfo device) => device.State is not ("ok" or "starting");

    private static void AddNode(NodeView view, List<Fault> faults)
    {
        switch (view.Link)
        {
            case LinkState.Down down:
                faults.Add(new Fault(FaultKind.NodeDown, "", down.Reason, down.Since, IsSerious: true));
                break;
            case LinkState.Stale stale:
                faults.Add(new Fault(FaultKind.NodeStandstill, "", "", stale.Since, IsSerious: true));
                break;
        }

        if (view.IsFresh
            && view.Status is { } status
            && (status.IsSyncing || status.BestKnownHeight.Value > status.Height.Value + BlocksBehind))
        {
            string detail = $"{status.Height} / {status.BestKnownHeight}";
            faults.Add(new Fault(
                FaultKind.NodeBehind, status.Name, detail, SiteClock.Utc(status.HeadTime), IsSerious: false));
        }
    }

    private static void AddStale(SiteInfo info, DateTimeOffset now, List<Fault> faults)
    {
        DateTimeOffset read = SiteClock.Utc(info.Read);
        bool isExplained = faults.Any(fault => fault.Site == info.Site);
        if (info.Read.UnixMs > 0 && now - read > StaleAfter && !isExplained)
        {
            faults.Add(new Fault(FaultKind.StaleValues, NameOf(info), "", read, IsSerious: true));
        }
    }

    // Refused at the node's admission: no block tells of it, only the site's own node.
    private static void AddRecords(SiteInfo info, List<Fault> faults)
    {
        SlotRecordInfo[] refused = [.. (info.Records?.Recent ?? []).Where(record => record.State == "refused")];
        if (refused.Length > 0)
        {
            faults.Add(new Fault(
                FaultKind.RecordNotTaken,
                NameOf(info),
                $"\u00d7 {refused.Length} \u00b7 {refused[0].Reason}",
                refused.Min(record => SiteClock.Utc(record.Since)),
                IsSerious: false));
        }
    }

    private static string NameOf(SiteInfo info) => info.Name.Length > 0 ? info.Name : $"{info.Site}";

    private static Fault Of(SiteInfo info, DeviceInfo device) =>
        Of($"{NameOf(info)} \u00b7 {device.Name}", device.State, device.Reason, device.Since.UnixMs) with
        {
            Site = info.Site,
        };

    private static Fault Of(string subject, string state, string reason, ulong sinceMs)
    {
        FaultKind kind = state switch
        {
            "silent" => FaultKind.DeviceSilent,
            "exception" => FaultKind.DeviceException,
            "garbage" => FaultKind.DeviceGarbage,
            "reset" => FaultKind.DeviceReset,
            "implausible" => FaultKind.DeviceImplausible,
            _ => FaultKind.DeviceOther,
        };
        DateTimeOffset? since = sinceMs == 0 ? null : SiteClock.Utc(new(sinceMs));
        return new Fault(kind, subject, reason, since, IsSerious: kind != FaultKind.DeviceReset);
    }
}

using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Client.Units;
using EnergyChain.Contracts;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;

namespace EnergyChain.Wallet.Cli;

/// <summary>Shows what the meters of a site say: on the chain, and live.</summary>
internal sealed class MeterViews(WalletContext context)
{
    public async Task<Report> ReadingsAsync(
        uint site, string? slotText, uint rows, CancellationToken cancellationToken)
    {
        ulong? slot = slotText is null
            ? null
            : await context.SlotAsync(
                slotText, await context.Market.GetParametersAsync(cancellationToken), cancellationToken);
        PageOf<ReadingInfo> page = await context.Node.ListReadingsAsync(
            new HistoryQuery { Site = site, Slot = slot, PageSize = rows }, cancellationToken);
        return new Report(
            new { Site = site, Readings = page.Rows },
            View.Table(
                [">slot", "device", ">imported", ">exported", ">produced", ">consumed", ">battery", "", ">height"],
                [.. page.Rows.Select(reading => new[]
                {
                    View.Number(reading.Slot), reading.Device.ToString(), EnergyAmount.Format(reading.ImportedWh),
                    EnergyAmount.Format(reading.ExportedWh), EnergyAmount.Format(reading.ProducedWh),
                    EnergyAmount.Format(reading.ConsumedWh), EnergyAmount.Format(reading.SocWh),
                    reading.IsLate ? "late" : "", reading.Height.ToString(),
                })],
                $"Site {site} has no accepted records."));
    }

    public async Task<Report> CertificatesAsync(
        string slotText, string? who, CancellationToken cancellationToken)
    {
        Address owner = context.ResolveOrOwn(who);
        ulong slot = await context.SlotAsync(
            slotText, await context.Market.GetParametersAsync(cancellationToken), cancellationToken);
        List<(EnergySource Source, UInt256 Wh)> held = [];
        foreach (EnergySource source in Enum.GetValues<EnergySource>().Where(static each => each != EnergySource.None))
        {
            UInt256 id = GreenCertificateContract.CertificateId(slot, source);
            held.Add((source, await context.Node.QueryAsync(
                GreenCertificateContract.Address,
                GreenCertificateContract.BalanceOf(owner, id),
                cancellationToken)));
        }

        return new Report(
            new
            {
                Account = owner,
                Slot = slot,
                Certificates = held.Select(static each => new { each.Source, EnergyWh = each.Wh }),
            },
            View.Table(
                ["source", ">Wh"],
                [
                    .. held.Where(static each => !each.Wh.IsZero).Select(static each => new[]
                    {
                        each.Source.ToString().ToLowerInvariant(), each.Wh.ToString(),
                    }),
                ],
                $"{owner} holds no certificates of slot {slot}."));
    }

    public async Task<Report> SiteAsync(uint number, CancellationToken cancellationToken)
    {
        SiteInfo site = await context.Node.GetSiteAsync(number, cancellationToken);
        string charge = site.SocWh is { } soc ? EnergyAmount.Format(soc) : "-";
        string capacity = site.BatteryCapacityWh is { } wh ? " of " + EnergyAmount.Format(wh) : "";
        return new Report(
            site,
            View.Pairs(
                ("site", $"{site.Site} {site.Name}"),
                ("account", site.Account.ToString()),
                ("read", View.Time(site.Read)),
                ("production", View.Power(site.ProductionW)),
                ("consumption", View.Power(site.ConsumptionW)),
                ("grid", View.Power(site.GridW)),
                ("battery", $"{View.Power(site.BatteryW)}, charge {charge}{capacity}")),
            View.Table(
                ["device", "kind", "endpoint", "state", "since", "reason"],
                [.. site.Devices.Select(device => new[]
                {
                    device.Name, device.Kind, device.Endpoint, device.State, View.Time(device.Since), device.Reason,
                })],
                "It has no devices."));
    }
}

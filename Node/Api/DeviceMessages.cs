using EnergyChain.Devices.Meters;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>Devices and their records as messages of the API.</summary>
internal static class DeviceMessages
{
    public static Proto.DeviceHealth Of(DeviceSnapshot device)
    {
        Proto.DeviceHealth message = new()
        {
            Name = device.Name,
            Kind = device.Kind,
            Endpoint = device.Endpoint,
            Address = device.Address?.ToString() ?? "",
            State = SiteRpc.NameOf(device.State),
            Reason = device.Reason,
            SinceMs = device.SinceMs,
            LastGoodMs = device.LastGoodMs,
            Manufacturer = device.Identity.Manufacturer,
            Model = device.Identity.Model,
            SerialNumber = device.Identity.SerialNumber,
            LastFault = device.LastFault is { } fault ? SiteRpc.NameOf(fault) : "",
            LastFaultMs = device.LastFaultMs,
        };

        // A null cannot be assigned to an optional field of a message: absent means never set.
        if (device.PowerW is { } power)
        {
            message.PowerW = power;
        }

        if (device.InWh is { } inward)
        {
            message.InWh = (ulong)Math.Max(0, inward);
        }

        if (device.OutWh is { } outward)
        {
            message.OutWh = (ulong)Math.Max(0, outward);
        }

        return message;
    }

    public static Proto.SiteRecords Of(RecordsSnapshot records)
    {
        Proto.SiteRecords message = new()
        {
            Missing = records.Missing,
            Waiting = records.Waiting,
            Accepted = records.Accepted,
            Failed = records.Failed,
            GivenUp = records.GivenUp,
            Refusals = records.Refusals,
        };
        message.Recent.AddRange(records.Recent.Take(ApiLimits.MaxShownSlots).Select(record => new Proto.SlotRecord
        {
            Slot = (ulong)record.Slot,
            Quality = NameOf(record.Quality),
            UncertaintyWh = (ulong)record.UncertaintyWh,
            State = NameOf(record.State),
            Reason = record.Reason,
            SinceMs = record.SinceMs,
        }));
        return message;
    }

    private static string NameOf(ReadingQuality quality) => quality switch
    {
        ReadingQuality.Exact => "exact",
        ReadingQuality.Interpolated => "interpolated",
        ReadingQuality.Inconsistent => "inconsistent",
        ReadingQuality.Missing => "missing",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string NameOf(SlotRecordState state) => state switch
    {
        SlotRecordState.Missing => "missing",
        SlotRecordState.Waiting => "waiting",
        SlotRecordState.Refused => "refused",
        SlotRecordState.Accepted => "accepted",
        SlotRecordState.Failed => "failed",
        SlotRecordState.GivenUp => "given up",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

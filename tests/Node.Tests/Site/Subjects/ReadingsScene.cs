using System.Text;
using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Meters;
using EnergyChain.Devices.Modbus;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Site;
using EnergyChain.Node.Site.Subjects;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Site.Subjects;

/// <summary>The data directory of a site on any disk, read and written as node and commands do.</summary>
internal sealed class ReadingsScene(IDisk disk, string root, string subject = "flat-7", int keepDays = 400)
{
    /// <summary>What every kept reading has in clear; nothing else on a disk does.</summary>
    public static readonly byte[] Mark = "\"TotalImportedWh\":"u8.ToArray();

    public static readonly Hash32 Genesis = new(Enumerable.Repeat((byte)7, Hash32.Size).ToArray());

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 31, 23, 0, 0, TimeSpan.Zero));

    public LogCapture Log { get; } = new();

    public static IntervalReading Reading(long slot) => IntervalReading.Join(
        slot,
        [
            new DeviceInterval(
                "grid",
                DeviceRole.GridMeter,
                DeviceCondition.Ok,
                ModbusExceptionCode.None,
                120,
                30,
                slot,
                900,
                null,
                0),
            new DeviceInterval(
                "pv", DeviceRole.Photovoltaic, DeviceCondition.Ok, ModbusExceptionCode.None, 0, 80, 0, 5_000, null, 2),
        ]);

    /// <summary>A line as earlier versions wrote them, with a salt of one byte again and again.</summary>
    public static string PlainLine(long slot, byte salt)
    {
        byte[] salts = Enumerable.Repeat(salt, 16).ToArray();
        Hash32 hash = RecordBuilder.HashOf(salts, Reading(slot));
        string reading = System.Text.Json.JsonSerializer.Serialize(Reading(slot));
        return $"{{\"hash\":\"{hash}\",\"salt\":\"{Hex.Encode(salts)}\",\"reading\":{reading}}}";
    }

    /// <summary>One run of the node: starts and keeps readings.</summary>
    public void Keep(params long[] slots)
    {
        using DataDirectory directory = Open();
        using ReadingsArchive archive = Archive(directory);
        archive.Start();
        foreach (long slot in slots)
        {
            archive.Keep(Reading(slot));
        }
    }

    public DataDirectory Open() => DataDirectory.Open(root, Genesis, disk);

    public ReadingsArchive Archive(DataDirectory directory) => new(
        directory,
        new SiteOptions { Id = 3, Subject = subject, KeepReadingsDays = keepDays },
        Time,
        new Logger<ReadingsArchive>(new LoggerFactory([Log])));

    /// <summary>The slots that an export of everything shows, with what it could not read.</summary>
    public (long[] Slots, long Unreadable) Export()
    {
        (string text, ReadingsExportSummary summary) = ExportText();
        return ([.. text.Split("\r\n").Skip(1).Where(line => line.Length > 0)
            .Select(line => long.Parse(line.Split(',')[0]))], summary.Unreadable);
    }

    public (string Text, ReadingsExportSummary Summary) ExportText(
        DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        using DataDirectory directory = Open();
        using StringWriter text = new();
        ReadingsExportSummary summary =
            new ReadingsExport(directory, SubjectId.Parse(subject), 900, ownsPlain: true).Write(text, from, to);
        return (text.ToString(), summary);
    }

    public void Forget()
    {
        using DataDirectory directory = Open();
        new SubjectErasure(directory).Run(SubjectId.Parse(subject), ownsPlain: true);
    }

    public SubjectHolding Look()
    {
        using DataDirectory directory = Open();
        return new SubjectErasure(directory).Look(SubjectId.Parse(subject), ownsPlain: true);
    }

    public void WritePlain(string name, string text)
    {
        string folder = Path.Combine(root, "readings");
        disk.CreateDirectory(folder);
        using (IDiskFile file = disk.Open(Path.Combine(folder, name)))
        {
            file.Write(0, Encoding.UTF8.GetBytes(text));
            file.Sync();
        }

        disk.SyncDirectory(folder);
    }
}

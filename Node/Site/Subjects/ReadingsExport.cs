using System.Globalization;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Meters;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Site.Subjects;

/// <summary>
/// The readings of a subject as CSV (RFC 4180), for the subject: a row a slot with what proves it against the chain.
/// Changes no file.
/// </summary>
/// <param name="directory">The data directory.</param>
/// <param name="subject">Whose readings.</param>
/// <param name="slotSeconds">Length of a slot, for its times.</param>
/// <param name="ownsPlain">Whether plain readings of an earlier version are about this subject.</param>
internal sealed class ReadingsExport(DataDirectory directory, SubjectId subject, long slotSeconds, bool ownsPlain)
{
    private const string Header =
        "slot,start_utc,end_utc,quality,uncertainty_wh,imported_wh,exported_wh,produced_wh,charged_wh,discharged_wh,"
        + "consumed_wh,stored_wh,record_hash,salt,reading_json";

    private readonly ReadingsFolder _folder = new(directory);
    private long _rows;
    private long _unreadable;

    /// <summary>
    /// Writes the readings whose slots begin in a range, in the order in which they were kept. Throws
    /// <see cref="OperatorException"/> where the key is gone or opens none of them.
    /// </summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="from">The first moment; null for the beginning.</param>
    /// <param name="to">The moment after the last; null for the end.</param>
    public ReadingsExportSummary Write(TextWriter output, DateTimeOffset? from, DateTimeOffset? to)
    {
        _rows = 0;
        _unreadable = 0;
        output.NewLine = "\r\n";
        output.WriteLine(Header);
        WriteSealed(output, slot => IsWithin(slot, from, to));
        PlainReadings plain = new(_folder);
        foreach (byte[] line in (ownsPlain ? plain.Names : []).SelectMany(plain.Lines))
        {
            WriteRow(output, line, slot => IsWithin(slot, from, to));
        }

        return new ReadingsExportSummary(_rows, _unreadable);
    }

    private void WriteSealed(TextWriter output, Func<long, bool> isWanted)
    {
        IReadOnlyList<ReadingsFileName> files = _folder.SealedOf(subject);
        if (files.Count == 0)
        {
            return;
        }

        SubjectKeys keys = new(directory.Disk, directory.Subjects);
        using SealingKey key = keys.TryLoad(subject) ?? throw new OperatorException(
            $"The readings of subject {subject} cannot be read: their key {keys.PathOf(subject)} was destroyed or "
            + "lost.",
            ExitCode.Failure);
        ReadingsSeal seal = new(key, directory.GenesisHash);
        long opened = 0;
        long closed = 0;
        foreach (ReadingsFileName name in files)
        {
            using RecordFile? file = _folder.Open(name);
            if (file is null)
            {
                _unreadable++;
                continue;
            }

            SealedRecords records = SealedRecords.Read(file);
            _unreadable += records.DamagedPlaces;
            foreach ((long offset, byte[] record) in records.Sound)
            {
                bool isOpen = seal.TryOpen(name, offset, record, out byte[]? text);
                opened += isOpen ? 1 : 0;
                closed += isOpen ? 0 : 1;
                if (isOpen)
                {
                    WriteRow(output, text!, isWanted);
                }
            }
        }

        _unreadable += closed;
        if (opened == 0 && closed > 0)
        {
            throw new OperatorException(
                $"The readings of subject {subject} cannot be read: {keys.PathOf(subject)} is not their key.",
                ExitCode.Failure);
        }
    }

    private bool IsWithin(long slot, DateTimeOffset? from, DateTimeOffset? to) =>
        !(StartOf(slot) < from) && !(StartOf(slot) >= to);

    private DateTimeOffset StartOf(long slot) => DateTimeOffset.FromUnixTimeSeconds(slot * slotSeconds);

    // What does not prove itself is not shown: the row would claim what the chain does not bear out.
    private void WriteRow(TextWriter output, byte[] text, Func<long, bool> isWanted)
    {
        if (!KeptReading.TryDecode(text, out KeptReading? kept) || !kept.IsProven)
        {
            _unreadable++;
            return;
        }

        IntervalReading reading = kept.Reading;
        if (!isWanted(reading.Slot))
        {
            return;
        }

        output.WriteLine(string.Join(
            ',',
            Text(reading.Slot),
            Text(StartOf(reading.Slot)),
            Text(StartOf(reading.Slot + 1)),
            reading.Quality.ToString().ToLowerInvariant(),
            Text(reading.UncertaintyWh),
            Text(reading.ImportedWh),
            Text(reading.ExportedWh),
            Text(reading.ProducedWh),
            Text(reading.ChargedWh),
            Text(reading.DischargedWh),
            Text(reading.ConsumedWh),
            Text(reading.StoredWh),
            kept.RecordHash.ToString(),
            Hex.Encode(kept.Salt),
            '"' + kept.Json.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'));
        _rows++;
    }

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

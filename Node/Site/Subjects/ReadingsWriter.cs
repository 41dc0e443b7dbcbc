using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Site.Subjects;

/// <summary>
/// Adds sealed readings of a subject, each durable before it counts; a file a day. A file that is damaged is left as it
/// is, and another one of the same day takes what comes. Not thread-safe.
/// </summary>
internal sealed class ReadingsWriter(
    ReadingsFolder folder, ReadingsSeal seal, SubjectId subject, uint site, ILogger logger) : IDisposable
{
    private RecordFile? _file;
    private ReadingsFileName _name;

    /// <summary>Adds a text; where the disk fails, the next one opens the file anew.</summary>
    public void Append(int day, long slot, ReadOnlySpan<byte> text)
    {
        RecordFile file = FileOf(day);
        try
        {
            file.Append([seal.Seal(_name, file.End, site, slot, text)]);
            file.Sync();
        }
        catch
        {
            Close();
            throw;
        }
    }

    public void Dispose() => Close();

    private RecordFile FileOf(int day)
    {
        if (_file is not null && _name.Day == day)
        {
            return _file;
        }

        Close();
        ReadingsFileName last = folder.SealedOf(subject).LastOrDefault(name => name.Day == day);
        if (last != default && TryContinue(last) is { } known)
        {
            _name = last;
            return _file = known;
        }

        _name = folder.NextPart(subject, day);
        folder.WriteBeside(_name, static _ => { });
        folder.PutInPlace(_name);
        return _file = folder.Open(_name)
            ?? throw new IOException($"{folder.PathOf(_name)} cannot be read back.");
    }

    private RecordFile? TryContinue(ReadingsFileName name)
    {
        RecordFile? file = folder.Open(name);
        if (file is null)
        {
            logger.ReadingsDamaged(folder.PathOf(name));
            return null;
        }

        try
        {
            SealedRecords records = SealedRecords.Read(file);
            if (records.DamagedPlaces > 0)
            {
                logger.ReadingsDamaged(folder.PathOf(name));
                file.Dispose();
                return null;
            }

            if (records.TornTailBytes > 0)
            {
                logger.ReadingsTailCut(folder.PathOf(name), records.TornTailBytes);
                file.Truncate(file.End - records.TornTailBytes);
            }

            // What can be read after a process died need not be on the disk.
            file.Refresh(FileHeader.Size);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}

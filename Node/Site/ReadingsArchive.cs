using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Devices.Meters;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Site.Subjects;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Site;

/// <summary>
/// The raw readings that stay on site, each with the salt whose hash stands in the record: whoever is shown one can
/// check it against the chain, and nobody else learns anything. They are sealed under the key of whom they are about,
/// so that destroying the key destroys them. Not thread-safe.
/// </summary>
public sealed class ReadingsArchive(
    DataDirectory directory, SiteOptions site, TimeProvider time, ILogger<ReadingsArchive> logger) : IDisposable
{
    private readonly ReadingsFolder _folder = new(directory);
    private readonly SubjectKeys _keys = new(directory.Disk, directory.Subjects);
    private SealingKey? _key;
    private ReadingsWriter? _writer;
    private bool _isStarted;
    private int _lastLook;

    /// <summary>
    /// Finds or makes the subject's key and seals what earlier versions left plain. Where there are sealed readings
    /// that the key does not open, or no key for them, it says so and keeps none. Throws
    /// <see cref="IOException"/> where the disk fails; called again it goes on.
    /// </summary>
    public void Start()
    {
        if (_isStarted)
        {
            return;
        }

        SubjectId subject = SubjectId.Parse(site.Subject);
        PlainReadings plain = new(_folder);
        plain.Finish();
        _key ??= FindKey(subject);
        if (_key is not null)
        {
            ReadingsSeal seal = new(_key, directory.GenesisHash);
            (int files, int lines) = plain.SealAll(seal, subject, site.Id);
            if (files > 0)
            {
                logger.ReadingsSealed(lines, files, subject);
            }

            _writer = new ReadingsWriter(_folder, seal, subject, site.Id, logger);
        }

        _isStarted = true;
    }

    /// <summary>
    /// Keeps a reading and gives the hash that the record carries. Without a key nothing is kept, and the site is
    /// metered all the same: what counts is on the chain, but nobody can prove the raw values.
    /// </summary>
    public Hash32 Keep(IntervalReading reading)
    {
        Start();
        int today = ReadingsFileName.DayOf(time.GetUtcNow());
        RemoveOld(today);
        byte[] text = KeptReading.Encode(reading, out Hash32 hash);
        _writer?.Append(today, reading.Slot, text);
        return hash;
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _key?.Dispose();
    }

    private SealingKey? FindKey(SubjectId subject)
    {
        IReadOnlyList<ReadingsFileName> files = _folder.SealedOf(subject);
        if (_keys.TryLoad(subject) is { } key)
        {
            if (Opens(key, files))
            {
                return key;
            }

            key.Dispose();
            logger.SubjectKeyWrong(subject, _keys.PathOf(subject));
            return null;
        }

        if (_keys.Exists(subject))
        {
            logger.SubjectKeyWrong(subject, _keys.PathOf(subject));
            return null;
        }

        if (files.Count > 0)
        {
            logger.SubjectKeyGone(subject, _keys.PathOf(subject));
            return null;
        }

        return _keys.Create(subject);
    }

    // Damage can keep one record from being opened; a wrong key keeps all of them.
    private bool Opens(SealingKey key, IReadOnlyList<ReadingsFileName> files)
    {
        ReadingsSeal seal = new(key, directory.GenesisHash);
        bool hasRecords = false;
        foreach (ReadingsFileName name in files.Reverse())
        {
            using RecordFile? file = _folder.Open(name);
            IReadOnlyList<(long Offset, byte[] Record)> records = file is null ? [] : SealedRecords.Read(file).Sound;
            hasRecords |= records.Count > 0;
            if (records.Any(record => seal.TryOpen(name, record.Offset, record.Record, out _)))
            {
                return true;
            }
        }

        return !hasRecords;
    }

    private void RemoveOld(int today)
    {
        if (site.KeepReadingsDays == 0 || today == _lastLook)
        {
            return;
        }

        int oldest = ReadingsFileName.DayOf(time.GetUtcNow().AddDays(-site.KeepReadingsDays));
        ReadingsFileName[] old = [.. _folder.Sealed.Where(name => name.Day < oldest)];
        foreach (ReadingsFileName name in old)
        {
            _folder.Destroy(name.ToString());
        }

        if (old.Length > 0)
        {
            logger.ReadingsRetired(old.Length, site.KeepReadingsDays);
        }

        _lastLook = today;
    }
}

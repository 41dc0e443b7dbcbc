using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Site.Subjects;

/// <summary>The folder of a site's readings: sealed files, and plain ones of earlier versions.</summary>
internal sealed class ReadingsFolder(IDisk disk, string path, Hash32 genesisHash)
{
    /// <summary>Ends the name of a sealed file that is not in place yet.</summary>
    public const string NewExtension = ".new";

    public ReadingsFolder(DataDirectory directory)
        : this(directory.Disk, directory.Readings, directory.GenesisHash)
    {
    }

    public IDisk Disk => disk;

    public string Path => path;

    public Hash32 GenesisHash => genesisHash;

    /// <summary>All names in it.</summary>
    public IReadOnlyList<string> Names => disk.Files(path);

    /// <summary>Sealed files of all subjects, in the order of days and parts.</summary>
    public IReadOnlyList<ReadingsFileName> Sealed =>
    [
        .. Names.Select(static text => ReadingsFileName.TryParse(text, out ReadingsFileName name) ? name : default)
            .Where(static name => name != default)
            .OrderBy(static name => name.Day)
            .ThenBy(static name => name.Part),
    ];

    /// <summary>Those of one subject.</summary>
    public IReadOnlyList<ReadingsFileName> SealedOf(SubjectId subject) =>
        [.. Sealed.Where(name => name.Subject == subject)];

    /// <summary>The name of a further file of a subject's day.</summary>
    public ReadingsFileName NextPart(SubjectId subject, int day)
    {
        ReadingsFileName none = new(subject, day, -1);
        ReadingsFileName last = SealedOf(subject).LastOrDefault(name => name.Day == day, none);
        return last with { Part = last.Part + 1 };
    }

    public string PathOf(string name) => System.IO.Path.Combine(path, name);

    public string PathOf(ReadingsFileName name) => PathOf(name.ToString());

    /// <summary>Opens a sealed file; null where its header is damaged.</summary>
    public RecordFile? Open(ReadingsFileName name) =>
        RecordFile.Open(disk, PathOf(name), FileKind.Readings, genesisHash);

    /// <summary>
    /// Makes a sealed file beside its place, durable with its name. <see cref="PutInPlace"/> ends it.
    /// </summary>
    /// <param name="name">Its place.</param>
    /// <param name="fill">Writes into it.</param>
    public void WriteBeside(ReadingsFileName name, Action<RecordFile> fill)
    {
        disk.CreateDirectory(path);
        FileHeader header = new(FileKind.Readings, genesisHash, (ulong)name.Day);
        using (RecordFile file = RecordFile.Create(disk, PathOf(name) + NewExtension, header))
        {
            fill(file);
            file.Sync();
        }

        disk.SyncDirectory(path);
    }

    /// <summary>Gives a file that was written beside its name, durably.</summary>
    public void PutInPlace(ReadingsFileName name)
    {
        disk.Rename(PathOf(name) + NewExtension, PathOf(name));
        disk.SyncDirectory(path);
    }

    /// <summary>Overwrites a file and removes it.</summary>
    public void Destroy(string name) => FileDestruction.Destroy(disk, PathOf(name));
}

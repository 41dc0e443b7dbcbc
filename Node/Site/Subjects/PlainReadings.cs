using System.Globalization;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Site.Subjects;

/// <summary>
/// The plain files of earlier versions, a JSON line a slot, on their way into sealed ones. The sealed file is made
/// durable beside its place; the plain one steps aside, the sealed one takes its place, and the plain bytes are
/// overwritten before their name goes. Which names stand in the folder says how far it came.
/// </summary>
internal sealed class PlainReadings(ReadingsFolder folder)
{
    /// <summary>The slot of a line that is no reading.</summary>
    public const long NoSlot = -1;

    private const string Prefix = "readings-";
    private const string Extension = ".jsonl";
    private const string OldExtension = ".jsonl.old";
    private const int PieceBytes = 1 << 20;

    /// <summary>Names of the files with plain readings, also those that are on their way.</summary>
    public IReadOnlyList<string> Names =>
        [.. folder.Names.Where(static name => DayOf(name, Extension) >= 0 || DayOf(name, OldExtension) >= 0)];

    /// <summary>
    /// Ends what a crash cut short: of a plain file that stepped aside the sealed one is complete; any other that is
    /// not in place is dropped, for its plain file is still there.
    /// </summary>
    public void Finish()
    {
        string[] beside =
        [
            .. folder.Names.Where(static name =>
                name.EndsWith(ReadingsFileName.Extension + ReadingsFolder.NewExtension, StringComparison.Ordinal)),
        ];
        foreach (string old in folder.Names.Where(static name => DayOf(name, OldExtension) >= 0).ToArray())
        {
            foreach (string name in beside)
            {
                bool isSealed = ReadingsFileName.TryParse(
                    name[..^ReadingsFolder.NewExtension.Length], out ReadingsFileName place);
                if (isSealed && place.Day == DayOf(old, OldExtension))
                {
                    folder.PutInPlace(place);
                }
            }

            folder.Destroy(old);
        }

        foreach (string name in beside.Where(name => folder.Disk.Exists(folder.PathOf(name))))
        {
            folder.Disk.Delete(folder.PathOf(name));
        }
    }

    /// <summary>Seals the lines of every plain file and destroys it; gives how many files and lines.</summary>
    public (int Files, int Lines) SealAll(ReadingsSeal seal, SubjectId subject, uint site)
    {
        int files = 0;
        int lines = 0;
        foreach (string name in folder.Names.Where(static name => DayOf(name, Extension) >= 0).ToArray())
        {
            ReadingsFileName place = folder.NextPart(subject, DayOf(name, Extension));
            folder.WriteBeside(place, file => lines += Seal(seal, place, site, Lines(name), file));
            string path = folder.PathOf(name);
            string old = Path.ChangeExtension(path, OldExtension);
            folder.Disk.Rename(path, old);
            folder.Disk.SyncDirectory(folder.Path);
            folder.PutInPlace(place);
            folder.Destroy(Path.GetFileName(old));
            files++;
        }

        return (files, lines);
    }

    /// <summary>The lines of a plain file, those that are no readings too.</summary>
    public IEnumerable<byte[]> Lines(string name)
    {
        using IDiskFile file = folder.Disk.Open(folder.PathOf(name));
        byte[] bytes = new byte[file.Length];
        int count = file.Read(0, bytes);
        int start = 0;
        while (start < count)
        {
            int length = Array.IndexOf(bytes, (byte)'\n', start, count - start) - start;
            length = length < 0 ? count - start : length;
            if (length > 0)
            {
                yield return bytes[start..(start + length)];
            }

            start += length + 1;
        }
    }

    // A line that is no reading is kept as it is: nothing is thrown away that was not understood.
    private static int Seal(
        ReadingsSeal seal, ReadingsFileName place, uint site, IEnumerable<byte[]> lines, RecordFile file)
    {
        int count = 0;
        List<ReadOnlyMemory<byte>> piece = [];
        long offset = file.End;
        foreach (byte[] line in lines)
        {
            long slot = KeptReading.TryDecode(line, out KeptReading? kept) ? kept.Reading.Slot : NoSlot;
            byte[] record = seal.Seal(place, offset, site, slot, line);
            piece.Add(record);
            offset += RecordFrame.Size + record.Length;
            count++;
            if (offset - file.End >= PieceBytes)
            {
                file.Append(piece);
                piece.Clear();
            }
        }

        file.Append(piece);
        return count;
    }

    private static int DayOf(string name, string extension)
    {
        bool isPlain = name.StartsWith(Prefix, StringComparison.Ordinal)
            && name.EndsWith(extension, StringComparison.Ordinal)
            && name.Length == Prefix.Length + 8 + extension.Length;
        ReadOnlySpan<char> digits = isPlain ? name.AsSpan(Prefix.Length, 8) : [];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int day) ? day : -1;
    }
}

using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Site.Subjects;

/// <summary>What stands in a file of sealed readings, read from end to end, over what is damaged in between.</summary>
internal sealed class SealedRecords
{
    private SealedRecords(IReadOnlyList<(long Offset, byte[] Record)> sound, int damagedPlaces, long tornTailBytes)
    {
        Sound = sound;
        DamagedPlaces = damagedPlaces;
        TornTailBytes = tornTailBytes;
    }

    /// <summary>Records whose checksums hold, with their offsets.</summary>
    public IReadOnlyList<(long Offset, byte[] Record)> Sound { get; }

    /// <summary>Places with bytes that are no record, before one that is.</summary>
    public int DamagedPlaces { get; }

    /// <summary>Bytes behind the last record: of one whose writing was cut short.</summary>
    public long TornTailBytes { get; }

    public static SealedRecords Read(RecordFile file)
    {
        List<(long, byte[])> sound = [];
        int damaged = 0;
        long offset = FileHeader.Size;
        while (offset < file.End)
        {
            if (file.TryRead(offset, out byte[]? record))
            {
                sound.Add((offset, record));
                offset += RecordFrame.Size + record.Length;
            }
            else if (file.FindSoundRecord(offset + 1) is { } next)
            {
                damaged++;
                offset = next;
            }
            else
            {
                break;
            }
        }

        return new SealedRecords(sound, damaged, file.End - offset);
    }
}

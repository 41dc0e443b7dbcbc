using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index.Parts;

namespace EnergyChain.Node.Index;

/// <summary>An event as its receipt has it, with its place and the time of its block.</summary>
internal sealed record EventRow(ulong Position, ulong TimeMs, LogEntry Log)
{
    private const int MaxTopics = 4;
    private const int WordSize = Hash32.Size;

    public void Encode(ChunkWriter writer)
    {
        writer.WriteWord(Log.Address);
        writer.WriteNumber((ulong)Log.Topics.Count);
        foreach (Hash32 topic in Log.Topics)
        {
            writer.WriteWord(topic);
        }

        ReadOnlySpan<byte> data = Log.Data.Span;
        writer.WriteNumber((ulong)data.Length);
        for (; data.Length >= WordSize; data = data[WordSize..])
        {
            writer.WriteWord(data[..WordSize]);
        }

        writer.WriteFixed(data);
    }

    /// <summary>Passes over a row.</summary>
    public static void Skip(ref ChunkReader reader)
    {
        reader.SkipWord();
        for (int topics = reader.ReadCount(MaxTopics); topics > 0; topics--)
        {
            reader.SkipWord();
        }

        int length = reader.ReadCount(BlockRows.MaxIndexedDataBytes);
        for (; length >= WordSize; length -= WordSize)
        {
            reader.SkipWord();
        }

        reader.Skip(length);
    }

    public static EventRow Decode(ulong position, ulong timeMs, ref ChunkReader reader)
    {
        Address address = reader.ReadAddress();
        Hash32[] topics = new Hash32[reader.ReadCount(MaxTopics)];
        Span<byte> word = stackalloc byte[WordSize];
        for (int i = 0; i < topics.Length; i++)
        {
            reader.ReadWord().WriteBigEndian(word);
            topics[i] = new Hash32(word);
        }

        byte[] data = new byte[reader.ReadCount(BlockRows.MaxIndexedDataBytes)];
        int written = 0;
        for (; data.Length - written >= WordSize; written += WordSize)
        {
            reader.ReadWord().WriteBigEndian(data.AsSpan(written));
        }

        reader.ReadFixed(data.AsSpan(written));
        return new EventRow(position, timeMs, new LogEntry(address, topics, data));
    }
}

using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>An event that a contract emitted (LOG0 to LOG4).</summary>
/// <param name="Address">The contract.</param>
/// <param name="Topics">Zero to four topics; the first is the event's signature hash as Solidity emits it.</param>
/// <param name="Data">ABI-encoded fields that are not indexed.</param>
public sealed record LogEntry(Address Address, IReadOnlyList<Hash32> Topics, ReadOnlyMemory<byte> Data)
    : IBcsValue<LogEntry>
{
    private const int MaxTopics = 4;
    private const int MaxDataBytes = 16 * 1024 * 1024;

    public static LogEntry Decode(ref BcsReader reader)
    {
        Address address = reader.ReadAddress();
        Hash32[] topics = new Hash32[reader.ReadLength(MaxTopics)];
        for (int i = 0; i < topics.Length; i++)
        {
            topics[i] = reader.ReadHash();
        }

        return new LogEntry(address, topics, reader.ReadBytes(MaxDataBytes));
    }

    public void Encode(BcsWriter writer)
    {
        writer.WriteAddress(Address);
        writer.WriteLength(Topics.Count);
        foreach (Hash32 topic in Topics)
        {
            writer.WriteHash(topic);
        }

        writer.WriteBytes(Data.Span);
    }
}

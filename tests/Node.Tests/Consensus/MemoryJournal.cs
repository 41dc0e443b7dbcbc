using EnergyChain.Node.Consensus;

namespace EnergyChain.Node.Tests.Consensus;

/// <summary>A journal that outlives its host.</summary>
internal sealed class MemoryJournal : IVoteJournal
{
    private List<byte[]> _records = [];

    /// <summary>How many group commits were made.</summary>
    public int Commits { get; private set; }

    public bool Fails { get; set; }

    /// <summary>
    /// Makes the next append the last act of the process: before it is durable (false) or after (true).
    /// </summary>
    public bool? CrashesAfterAppend { get; set; }

    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        if (Fails)
        {
            throw new IOException("No space left on device");
        }

        bool? crash = CrashesAfterAppend;
        CrashesAfterAppend = null;
        if (crash != false)
        {
            Commits++;
            _records.AddRange(records.Select(record => record.ToArray()));
        }

        if (crash is not null)
        {
            throw new CrashException();
        }
    }

    public IReadOnlyList<byte[]> ReadAll() => [.. _records];

    public void ReplaceAll(IReadOnlyList<byte[]> records) => _records = [.. records];
}

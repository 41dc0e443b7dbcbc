using System.Globalization;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Offline;

/// <summary>How much of a chain stays when it is pruned: so many blocks, or those of so many days.</summary>
/// <param name="Amount">How many.</param>
/// <param name="IsDays">Whether days are meant.</param>
internal readonly record struct KeptBlocks(ulong Amount, bool IsDays)
{
    private const ulong DayMs = 24UL * 60 * 60 * 1_000;
    private const ulong MostDays = 100_000;

    /// <summary>Reads <c>100000</c> or <c>30d</c>; <see cref="OperatorException"/> for anything else.</summary>
    public static KeptBlocks Parse(string text)
    {
        bool isDays = text.EndsWith('d');
        bool isNumber = ulong.TryParse(
            isDays ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong amount);
        return isNumber && amount > 0 && (!isDays || amount <= MostDays)
            ? new KeptBlocks(amount, isDays)
            : throw OperatorException.ForOption(
                "--keep", text, "a number of blocks of at least 1, such as 100000, or of days, such as 30d");
    }

    /// <summary>The first block that stays. Days are counted back from the last block's time.</summary>
    public Height First(BlockLog blocks)
    {
        ulong last = blocks.Last.Value;
        if (!IsDays)
        {
            return new Height(Math.Max(last >= Amount ? last - Amount + 1 : 1, blocks.First.Value));
        }

        ulong end = TimeOf(blocks, blocks.Last);
        ulong since = end > Amount * DayMs ? end - (Amount * DayMs) : 0;
        ulong low = blocks.First.Value;
        ulong high = last;
        while (low < high)
        {
            ulong middle = low + ((high - low) / 2);
            (low, high) = TimeOf(blocks, new Height(middle)) < since ? (middle + 1, high) : (low, middle);
        }

        return new Height(low);
    }

    private static ulong TimeOf(BlockLog blocks, Height height) =>
        blocks.TryRead(height, out CommittedBlock? block)
            ? block.Block.Header.Time.UnixMs
            : throw new StorageException($"Block {height} of the block log is damaged: nothing was removed.");
}

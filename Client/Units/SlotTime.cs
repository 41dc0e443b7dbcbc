using System.Globalization;

namespace EnergyChain.Client.Units;

/// <summary>Slots as people name them, for a chain whose slots take so many seconds.</summary>
/// <param name="slotSeconds">Seconds of a slot, at least 1.</param>
public sealed class SlotTime(ulong slotSeconds)
{
    public ulong SlotAt(ulong unixSeconds) => unixSeconds / slotSeconds;

    /// <summary>When a slot begins.</summary>
    public DateTimeOffset StartOf(ulong slot) =>
        DateTimeOffset.FromUnixTimeSeconds(checked((long)(slot * slotSeconds)));

    /// <summary>
    /// Reads a slot's number, +N for N slots after the one of now (+0 is the current one), or an ISO 8601 time in it;
    /// a time without an offset is UTC.
    /// </summary>
    public bool TryParse(string text, ulong nowUnixSeconds, out ulong slot)
    {
        slot = 0;
        if (text.StartsWith('+'))
        {
            bool sound = uint.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out uint ahead);
            slot = sound ? SlotAt(nowUnixSeconds) + ahead : 0;
            return sound;
        }

        // Above this a slot number names no moment that a date can hold.
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out slot))
        {
            return slot <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds() / slotSeconds;
        }

        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out DateTimeOffset time)
            || time.ToUnixTimeSeconds() < 0)
        {
            return false;
        }

        slot = SlotAt((ulong)time.ToUnixTimeSeconds());
        return true;
    }
}

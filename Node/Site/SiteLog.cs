using EnergyChain.Core.Chain;
using EnergyChain.Node.Site.Subjects;

namespace EnergyChain.Node.Site;

/// <summary>Log lines of a site agent, event ids 5000 to 5099.</summary>
internal static partial class SiteLog
{
    [LoggerMessage(5000, LogLevel.Information, "Site {Site} ({Name}) meters from slot {Slot} on, strategy {Strategy}")]
    public static partial void Started(this ILogger logger, uint site, string name, long slot, string strategy);

    [LoggerMessage(5001, LogLevel.Warning, "{Name}: slot {Slot} has no reading: {Device} is {Condition}. {Advice}")]
    public static partial void ReadingMissing(
        this ILogger logger, string name, long slot, string device, string condition, string advice);

    [LoggerMessage(5002, LogLevel.Warning, "{Name}: slot {Slot} is given up: its record can no longer be made")]
    public static partial void SlotGivenUp(this ILogger logger, string name, long slot);

    [LoggerMessage(5003, LogLevel.Warning, "{Name}: {Purpose} was refused: {Refusal}")]
    public static partial void Refused(this ILogger logger, string name, string purpose, TransactionRefusal refusal);

    [LoggerMessage(5004, LogLevel.Warning, "{Name}: {Purpose} failed on chain: {Reason}")]
    public static partial void Reverted(this ILogger logger, string name, string purpose, string reason);

    [LoggerMessage(5005, LogLevel.Warning, "{Name}: {Purpose} was in no block in time")]
    public static partial void Expired(this ILogger logger, string name, string purpose);

    [LoggerMessage(5006, LogLevel.Debug, "{Name}: {Purpose} is final")]
    public static partial void Final(this ILogger logger, string name, string purpose);

    [LoggerMessage(5007, LogLevel.Error, "{Name}: the site agent failed at slot {Slot}; it goes on with the next")]
    public static partial void SlotFailed(this ILogger logger, Exception error, string name, long slot);

    [LoggerMessage(5008, LogLevel.Warning, "{Name}: {Device} is {Condition}. {Advice}")]
    public static partial void DeviceFault(
        this ILogger logger, string name, string device, string condition, string advice);

    [LoggerMessage(5009, LogLevel.Information, "{Name}: {Device} is well again")]
    public static partial void DeviceWell(this ILogger logger, string name, string device);

    [LoggerMessage(5010, LogLevel.Error, "{Name}: the market of slot {Slot} cannot be looked after")]
    public static partial void MarketFailed(this ILogger logger, Exception error, string name, long slot);

    [LoggerMessage(5011, LogLevel.Error, "{Name}: the site agent failed after block {Height}; it goes on")]
    public static partial void BlockFailed(this ILogger logger, Exception error, string name, ulong height);

    [LoggerMessage(5012, LogLevel.Error, "{Name}: the live view failed; it goes on with the next reading")]
    public static partial void LiveFailed(this ILogger logger, Exception error, string name);

    [LoggerMessage(5013, LogLevel.Error, "{Name}: the record of slot {Slot} cannot be made; it is tried again")]
    public static partial void RecordFailed(this ILogger logger, Exception error, string name, long slot);

    [LoggerMessage(
        5014, LogLevel.Information, "{Lines} plain readings in {Files} files of an earlier version were sealed under "
        + "the key of subject {Subject}, overwritten and removed")]
    public static partial void ReadingsSealed(this ILogger logger, int lines, int files, SubjectId subject);

    [LoggerMessage(
        5015, LogLevel.Error, "The readings of subject {Subject} cannot be read and no more are kept: their key {Path} "
        + "was destroyed or lost; bring it back, run `site forget`, or give site.subject another id")]
    public static partial void SubjectKeyGone(this ILogger logger, SubjectId subject, string path);

    [LoggerMessage(
        5016, LogLevel.Error, "The readings of subject {Subject} cannot be read and no more are kept: {Path} is not "
        + "their key; bring the right one back, run `site forget`, or give site.subject another id")]
    public static partial void SubjectKeyWrong(this ILogger logger, SubjectId subject, string path);

    [LoggerMessage(
        5017, LogLevel.Warning, "{Path} is damaged and stays as it is; what comes that day goes into another file")]
    public static partial void ReadingsDamaged(this ILogger logger, string path);

    [LoggerMessage(5018, LogLevel.Warning, "{Path}: cut a torn tail of {Bytes} bytes: a reading not kept to its end")]
    public static partial void ReadingsTailCut(this ILogger logger, string path, long bytes);

    [LoggerMessage(5019, LogLevel.Information, "{Files} files of readings older than {Days} days were destroyed")]
    public static partial void ReadingsRetired(this ILogger logger, int files, int days);
}

using System.Globalization;

namespace EnergyChain.Node.Site.Subjects;

/// <summary>Name of a file of sealed readings.</summary>
/// <param name="Subject">Whom they are about.</param>
/// <param name="Day">The UTC day on which they were kept, as 20260131.</param>
/// <param name="Part">Counts the files of that day, from 0.</param>
internal readonly record struct ReadingsFileName(SubjectId Subject, int Day, int Part)
{
    public const string Extension = ".sealed";

    /// <summary>The UTC day of a moment.</summary>
    public static int DayOf(DateTimeOffset moment) =>
        int.Parse(moment.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static bool TryParse(string text, out ReadingsFileName name)
    {
        name = default;
        string[] words = text.Split('.');
        string[] place = words.Length == 3 ? words[1].Split('-') : [];
        if (place.Length != 2
            || "." + words[2] != Extension
            || !SubjectId.TryParse(words[0], out SubjectId subject)
            || !int.TryParse(place[0], NumberStyles.None, CultureInfo.InvariantCulture, out int day)
            || !int.TryParse(place[1], NumberStyles.None, CultureInfo.InvariantCulture, out int part))
        {
            return false;
        }

        name = new ReadingsFileName(subject, day, part);
        return name.ToString() == text;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Subject}.{Day:D8}-{Part}{Extension}");
}

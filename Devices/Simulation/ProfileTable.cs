using System.Globalization;

namespace EnergyChain.Devices.Simulation;

/// <summary>
/// A CSV file with an interval_start column in equal steps and decimal columns, read into integers. Times and numbers
/// need no quotes, so a quote is an error like any other letter.
/// </summary>
internal sealed class ProfileTable
{
    /// <summary>More than a century of hours.</summary>
    private const int MaximumRows = 1_000_000;

    private const string TimeColumn = "interval_start";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm";

    private readonly List<long[]> _rows = [];

    private ProfileTable(string file) => File = file;

    public string File { get; }

    public DateTime Start { get; private set; }

    /// <summary>Time between rows; zero with a single row.</summary>
    public TimeSpan Step { get; private set; }

    public IReadOnlyList<long[]> Rows => _rows;

    /// <summary>Reads the named columns, each in units of 10^-decimals.</summary>
    /// <exception cref="ProfileException">The file is missing or not as described.</exception>
    public static ProfileTable Read(string file, IReadOnlyList<(string Name, int Decimals)> columns)
    {
        if (!System.IO.File.Exists(file))
        {
            throw new ProfileException(file, 0, "the file is missing.");
        }

        ProfileTable table = new(file);
        using StreamReader text = System.IO.File.OpenText(file);
        int[] places = table.ReadHeader(text.ReadLine(), columns);
        long line = 1;
        while (text.ReadLine() is string row)
        {
            table.ReadRow(row.Split(','), ++line, columns, places);
        }

        return table._rows.Count > 0 ? table : throw new ProfileException(file, 0, "it has a header but no rows.");
    }

    private int[] ReadHeader(string? line, IReadOnlyList<(string Name, int Decimals)> columns)
    {
        string expected = $"{TimeColumn},{string.Join(',', columns.Select(column => column.Name))}";
        if (line is null)
        {
            throw new ProfileException(File, 1, $"the file is empty; the first line must name {expected}.");
        }

        string[] header = line.Split(',');
        int[] places = new int[columns.Count + 1];
        for (int i = 0; i < places.Length; i++)
        {
            string name = i == 0 ? TimeColumn : columns[i - 1].Name;
            places[i] = Array.IndexOf(header, name);
            if (places[i] < 0)
            {
                throw new ProfileException(File, 1, $"column {name} is missing; the first line must name {expected}.");
            }
        }

        return places;
    }

    private void ReadRow(
        string[] fields, long line, IReadOnlyList<(string Name, int Decimals)> columns, int[] places)
    {
        if (fields.Length <= places.Max())
        {
            throw new ProfileException(
                File, line, $"it has {fields.Length} fields; allowed are {places.Length} or more.");
        }

        if (_rows.Count == MaximumRows)
        {
            throw new ProfileException(File, line, $"too many rows; allowed are {MaximumRows}.");
        }

        CheckTime(fields[places[0]], line);
        long[] values = new long[columns.Count];
        for (int i = 0; i < values.Length; i++)
        {
            string field = fields[places[i + 1]];
            if (!ExactDecimal.TryParse(field, columns[i].Decimals, out values[i]))
            {
                throw new ProfileException(
                    File, line, $"{columns[i].Name} is '{field}'; allowed is a decimal of 0 or more, like 1.25.");
            }
        }

        _rows.Add(values);
    }

    private void CheckTime(string field, long line)
    {
        if (!DateTime.TryParseExact(
            field, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
        {
            throw new ProfileException(File, line, $"{TimeColumn} is '{field}'; allowed is like 2016-08-01T00:00.");
        }

        if (_rows.Count == 0)
        {
            Start = time;
            return;
        }

        if (_rows.Count == 1)
        {
            Step = time - Start;
        }

        DateTime expected = Start + (Step * _rows.Count);
        if (Step <= TimeSpan.Zero || time != expected)
        {
            string allowed = Step <= TimeSpan.Zero
                ? "a time after the first row's"
                : expected.ToString(TimeFormat, CultureInfo.InvariantCulture) + ", so that all steps are equal";
            throw new ProfileException(File, line, $"{TimeColumn} is '{field}'; allowed is {allowed}.");
        }
    }
}

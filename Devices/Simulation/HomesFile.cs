using System.Text.Json;

namespace EnergyChain.Devices.Simulation;

/// <summary>The file homes.json of a data set: names and plants.</summary>
internal static class HomesFile
{
    private const int Thousandths = 3;
    private const long LargestValue = 1_000_000_000;
    private const int MaximumHomes = 10_000;

    public static IReadOnlyList<(string Name, SiteRating Rating)> Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new ProfileException(file, 0, "the file is missing.");
        }

        try
        {
            using FileStream stream = File.OpenRead(file);
            using JsonDocument document = JsonDocument.Parse(stream);
            return ReadHomes(file, document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new ProfileException(file, (exception.LineNumber ?? -1) + 1, "it is not JSON.");
        }
    }

    private static List<(string Name, SiteRating Rating)> ReadHomes(string file, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() is 0 or > MaximumHomes)
        {
            throw new ProfileException(file, 0, $"allowed is an array of 1 to {MaximumHomes} homes.");
        }

        List<(string Name, SiteRating Rating)> homes = [];
        HashSet<string> names = [];
        foreach (JsonElement home in root.EnumerateArray())
        {
            string name = ReadName(file, home, homes.Count);
            if (!names.Add(name))
            {
                throw new ProfileException(file, 0, $"home '{name}' is there twice; allowed is once.");
            }

            SiteRating rating = new(
                ReadNumber(file, home, name, "pv_kw", LargestValue),
                ReadNumber(file, home, name, "ess_capacity_kwh", LargestValue),
                ReadNumber(file, home, name, "ess_power_kw", LargestValue),
                (int)ReadNumber(file, home, name, "ess_round_trip_efficiency", 1000));
            if (rating is { StorageCapacityWh: > 0, RoundTripPermille: 0 })
            {
                throw new ProfileException(
                    file, 0, $"ess_round_trip_efficiency of '{name}' is 0; allowed is more than 0, up to 1.");
            }

            homes.Add((name, rating));
        }

        return homes;
    }

    private static string ReadName(string file, JsonElement home, int index)
    {
        bool isText = home.ValueKind == JsonValueKind.Object
            && home.TryGetProperty("home", out JsonElement element)
            && element.ValueKind == JsonValueKind.String;
        string name = isText ? home.GetProperty("home").GetString()! : "";

        // The name becomes a file name, so it must not lead anywhere else.
        bool isPlain = name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        return isPlain
            ? name
            : throw new ProfileException(
                file, 0, $"home number {index + 1} is named '{name}'; allowed are letters, digits, _ and -, up to 64.");
    }

    private static long ReadNumber(string file, JsonElement home, string name, string property, long largest)
    {
        string text = home.TryGetProperty(property, out JsonElement element) ? element.GetRawText() : "(nothing)";
        return ExactDecimal.TryParse(text, Thousandths, out long value) && value <= largest
            ? value
            : throw new ProfileException(
                file, 0, $"{property} of '{name}' is {text}; allowed is a decimal number from 0 to {largest / 1000}.");
    }
}

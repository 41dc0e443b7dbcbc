using System.CommandLine;

namespace EnergyChain.CrashTests;

/// <summary>The command line.</summary>
internal static class CrashCommand
{
    public const int WrongUsage = 2;

    private const int MostKills = 100_000;
    private const int MostTears = 10_000_000;
    private const int UsualKills = 20;
    private const int UsualTears = 200;

    public static RootCommand Create()
    {
        Option<int?> kills = Number("--kills", "Node processes to kill -9 under load", MostKills);
        Option<int?> tears = Number("--tears", "Machines that lose power, or whose disk fails, by seeds", MostTears);
        Option<bool> points = new("--points") { Description = "Crash before and after every operation of the disk" };
        Option<ulong> seed = new("--seed")
        {
            Description = "The first seed, as a failure names it",
            DefaultValueFactory = _ => 1,
        };
        Option<bool> json = new("--json") { Description = "One line of JSON for each result" };
        RootCommand root = new(
            "Kills nodes and cuts their power: nothing that was final may be lost, nothing signed twice, and every "
            + "start has to succeed without help. Without a choice: some of all.")
        {
            kills, tears, points, seed, json,
        };
        root.SetAction(async (parsed, cancellation) =>
        {
            bool isAll = parsed.GetValue(kills) is null && parsed.GetValue(tears) is null && !parsed.GetValue(points);
            CrashOptions options = new(
                parsed.GetValue(kills) ?? (isAll ? UsualKills : 0),
                parsed.GetValue(tears) ?? (isAll ? UsualTears : 0),
                parsed.GetValue(points) || isAll,
                parsed.GetValue(seed),
                parsed.GetValue(json));
            return await new CrashRunner(options, Console.Out, Console.Error).RunAsync(cancellation);
        });
        return root;
    }

    private static Option<int?> Number(string name, string description, int most)
    {
        Option<int?> option = new(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 || result.GetValueOrDefault<int?>() > most)
            {
                result.AddError($"{name} is 0 to {most}.");
            }
        });
        return option;
    }
}

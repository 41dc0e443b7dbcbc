using EnergyChain.Simulation.Faults;

namespace EnergyChain.Simulator;

/// <summary>The value of <c>--faults</c>.</summary>
internal static class FaultList
{
    public const string All = "all";

    private const string None = "none";

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enum.GetValues<FaultClass>()
            .Where(static one => one is not (FaultClass.None or FaultClass.All))
            .Select(static one => one.ToString().ToLowerInvariant()),
    ];

    public static bool TryParse(string? text, out FaultClass classes, out string mistake)
    {
        classes = FaultClass.None;
        mistake = string.Empty;
        foreach (string word in (text ?? All).Split(',', StringSplitOptions.TrimEntries))
        {
            string name = word.ToLowerInvariant();
            if (name == All)
            {
                classes |= FaultClass.All;
            }
            else if (Names.Contains(name))
            {
                classes |= Enum.Parse<FaultClass>(name, ignoreCase: true);
            }
            else if (name != None)
            {
                mistake = $"--faults '{word}' is not all, none or one of {string.Join(", ", Names)}.";
                return false;
            }
        }

        return true;
    }

    /// <summary>As it is written on a command line.</summary>
    public static string Format(FaultClass classes) => classes switch
    {
        FaultClass.All => All,
        FaultClass.None => None,
        _ => string.Join(',', Names.Where(name => classes.HasFlag(Enum.Parse<FaultClass>(name, ignoreCase: true)))),
    };
}

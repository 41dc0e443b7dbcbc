using System.Globalization;

namespace EnergyChain.StateTests;

/// <summary>What the user asked for.</summary>
internal sealed class CommandLine
{
    public const string Usage =
        "usage: StateTests PATH... [--fork Cancun] [--json] [--trace] [--limit SECONDS]";

    // BLAKE2F with 2^32-1 rounds, which one published test asks for, takes about a minute on one core.
    private const int DefaultLimitSeconds = 300;
    private const int MaxLimitSeconds = 86_400;

    public List<string> Paths { get; } = [];

    public string Fork { get; private set; } = StateTestRunner.Cancun;

    public bool IsJson { get; private set; }

    public bool IsTracing { get; private set; }

    /// <summary>How long one case may take.</summary>
    public TimeSpan CaseLimit { get; private set; } = TimeSpan.FromSeconds(DefaultLimitSeconds);

    /// <param name="arguments">The arguments.</param>
    /// <param name="mistake">What is wrong with them; null when nothing is.</param>
    public static CommandLine Parse(string[] arguments, out string? mistake)
    {
        CommandLine line = new();
        mistake = null;
        for (int i = 0; i < arguments.Length && mistake is null; i++)
        {
            string? value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--json":
                    line.IsJson = true;
                    break;
                case "--trace":
                    line.IsTracing = true;
                    break;
                case "--fork":
                    line.Fork = value ?? string.Empty;
                    mistake = line.Fork == StateTestRunner.Cancun ? null : $"--fork {value}: only Cancun is there";
                    i++;
                    break;
                case "--limit":
                    mistake = line.SetLimit(value);
                    i++;
                    break;
                case ['-', '-', ..]:
                    mistake = $"{arguments[i]}: no such option";
                    break;
                default:
                    line.Paths.Add(arguments[i]);
                    break;
            }
        }

        mistake ??= line.Paths.Count == 0 ? "no path is given"
            : line.Paths.Find(static path => !File.Exists(path) && !Directory.Exists(path)) is string missing
                ? $"{missing}: no such file or folder"
                : null;
        return line;
    }

    private string? SetLimit(string? value)
    {
        bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds);
        CaseLimit = TimeSpan.FromSeconds(seconds);
        return isNumber && seconds is > 0 and <= MaxLimitSeconds ? null : $"--limit {value}: seconds from 1 to 86400";
    }
}

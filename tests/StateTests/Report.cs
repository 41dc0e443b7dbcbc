using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnergyChain.StateTests;

/// <summary>Counts results, and writes them as text as they come or as one JSON document at the end.</summary>
/// <param name="output">Where to.</param>
/// <param name="isJson">Which of the two.</param>
internal sealed class Report(TextWriter output, bool isJson)
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly SortedDictionary<string, int> _skips = new(StringComparer.Ordinal);
    private readonly List<StateTestResult> _failures = [];
    private readonly List<StateTestResult> _skipped = [];

    public int Passed { get; private set; }

    public int Failed => _failures.Count;

    public void Add(StateTestResult result)
    {
        switch (result.Verdict)
        {
            case StateTestVerdict.Passed:
                Passed++;
                break;
            case StateTestVerdict.Skipped:
                _skipped.Add(result);
                _skips[result.Detail] = _skips.GetValueOrDefault(result.Detail) + 1;
                break;
            default:
                _failures.Add(result);
                if (!isJson)
                {
                    output.WriteLine($"FAILED {result}: {result.Detail}");
                }

                break;
        }
    }

    /// <summary>Writes what is only known at the end.</summary>
    public void Finish()
    {
        if (isJson)
        {
            object report = new
            {
                passed = Passed,
                failed = Failed,
                skipped = _skipped.Count,
                skips = _skips,
                failures = _failures.Select(Fields),
                skippedCases = _skipped.Select(Fields),
            };
            output.WriteLine(JsonSerializer.Serialize(report, Layout));
            return;
        }

        foreach ((string reason, int count) in _skips)
        {
            output.WriteLine($"skipped {count}: {reason}");
        }

        output.WriteLine($"{Passed} passed, {Failed} failed, {_skipped.Count} skipped");
    }

    private static object Fields(StateTestResult result) => new
    {
        file = result.File,
        name = result.Name,
        data = result.DataIndex,
        gas = result.GasIndex,
        value = result.ValueIndex,
        detail = result.Detail,
    };
}

using System.Text.RegularExpressions;

namespace EnergyChain.Tidy.Tests;

/// <summary>Every incident of docs/incidents.md has tests that exist and name it, and no test names another.</summary>
public sealed partial class IncidentTests
{
    private static readonly (string Incident, string[] Tests)[] Rows =
    [
        .. Row().Matches(Checkout.Read("docs/incidents.md"))
            .Select(match => (
                match.Groups[1].Value.Trim(),
                TestName().Matches(match.Groups[2].Value).Select(name => name.Groups[1].Value).ToArray())),
    ];

    private static readonly HashSet<(string Incident, string Test)> Tagged =
    [
        .. Checkout.Files
            .Where(file => file.StartsWith("tests/", StringComparison.Ordinal)
                && file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Tag().Matches(Checkout.Read(file)))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value)),
    ];

    [Test]
    public void Table_has_incidents_and_none_twice()
    {
        Assert.That(Rows, Has.Length.GreaterThanOrEqualTo(16));
        Assert.That(Rows.Select(row => row.Incident), Is.Unique);
    }

    [Test]
    public void Tests_in_the_table_are_those_that_name_the_incident() => Assert.That(
        Rows.SelectMany(row => row.Tests.Select(test => (row.Incident, test))), Is.EquivalentTo(Tagged));

    [Test]
    public void Every_incident_has_a_test() =>
        Assert.That(Rows.Where(row => row.Tests.Length == 0).Select(row => row.Incident), Is.Empty);

    [GeneratedRegex(@"^\| (?!incident \|)([^|]+)\|[^|]+\|([^|]+)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex("\\[Property\\(\"Incident\", \"([^\"]+)\"\\)\\]\\s+public (?:async )?\\w+ (\\w+)\\(")]
    private static partial Regex Tag();
}

using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using EnergyChain.Dashboard.Faults;
using EnergyChain.Dashboard.Localization;

namespace EnergyChain.Dashboard.Tests;

/// <summary>Every text is in every language, and every text that a component asks for is there.</summary>
public sealed partial class ResourceTests
{
    private static readonly Type[] Areas = [.. typeof(Languages).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Languages).Namespace)
        .Where(type => type.Name.EndsWith("Text", StringComparison.Ordinal))];

    [TestCaseSource(nameof(Areas))]
    public void Languages_have_the_same_keys_and_no_empty_text(Type area)
    {
        Dictionary<string, string> english = Texts(area, CultureInfo.InvariantCulture);
        Dictionary<string, string> korean = Texts(area, new CultureInfo("ko"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(english, Is.Not.Empty);
            Assert.That(korean.Keys, Is.EquivalentTo(english.Keys));
            Assert.That(english.Values.Concat(korean.Values), Has.None.Matches<string>(string.IsNullOrWhiteSpace));
        }
    }

    [TestCaseSource(nameof(Areas))]
    public void Languages_fill_in_the_same_values(Type area)
    {
        Dictionary<string, string> korean = Texts(area, new CultureInfo("ko"));
        IEnumerable<string> differing = Texts(area, CultureInfo.InvariantCulture)
            .Where(text => !Places(text.Value).SetEquals(Places(korean[text.Key])))
            .Select(text => text.Key);
        Assert.That(differing, Is.Empty);
    }

    [Test]
    public void Every_text_that_a_component_names_is_there()
    {
        string root = Path.Combine(SharedData.RepositoryRoot, "Dashboard", "Components");
        List<string> missing = [];
        int seen = 0;
        foreach (string file in Directory.EnumerateFiles(root, "*.razor", SearchOption.AllDirectories))
        {
            string source = File.ReadAllText(file);
            if (Area().Match(source) is not { Success: true } area)
            {
                continue;
            }

            Type type = Areas.Single(type => type.Name == area.Groups[1].Value);
            Dictionary<string, string> texts = Texts(type, CultureInfo.InvariantCulture);
            string[] keys = [.. Key().Matches(source).Select(match => match.Groups[1].Value)];
            seen += keys.Length;
            missing.AddRange(keys
                .Where(key => !texts.ContainsKey(key))
                .Select(key => $"{Path.GetFileName(file)}: {key}"));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(missing, Is.Empty);
            Assert.That(seen, Is.GreaterThan(100));
        }
    }

    [Test]
    public void Every_fault_says_what_it_is_and_what_to_do()
    {
        Dictionary<string, string> texts = Texts(typeof(HomeText), CultureInfo.InvariantCulture);
        IEnumerable<string> wanted = Enum.GetNames<FaultKind>()
            .SelectMany(kind => new[] { $"Fault.{kind}", $"Fault.{kind}.Do" });
        Assert.That(wanted, Is.SubsetOf(texts.Keys));
    }

    private static Dictionary<string, string> Texts(Type area, CultureInfo culture)
    {
        ResourceManager manager = new(area);
        using ResourceSet set = manager.GetResourceSet(culture, createIfNotExists: true, tryParents: false)
            ?? throw new AssertionException($"{area.Name} has no texts in '{culture.Name}'.");
        return set.Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(text => (string)text.Key, text => (string)text.Value!);
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"IStringLocalizer<(\w+)> L\b")]
    private static partial Regex Area();

    // A text whose key is put together is left out: its parts are tested where they are known.
    [GeneratedRegex("""\bL\["([^"]+)"[\],]""")]
    private static partial Regex Key();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();
}

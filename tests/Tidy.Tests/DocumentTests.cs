using System.Text.RegularExpressions;

namespace EnergyChain.Tidy.Tests;

/// <summary>Documents point at what exists.</summary>
public sealed partial class DocumentTests
{
    private static IEnumerable<string> Documents =>
        Checkout.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal));

    [TestCaseSource(nameof(Documents))]
    public void Relative_links_lead_to_files(string document)
    {
        string folder = Path.Combine(Checkout.Root, Path.GetDirectoryName(document)!);
        IEnumerable<string> broken = Link().Matches(Checkout.Read(document))
            .Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.GetFullPath(Path.Combine(folder, target))));
        Assert.That(broken, Is.Empty);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}

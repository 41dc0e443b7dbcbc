using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EnergyChain.Tidy.Tests;

/// <summary>Packages: exact, central, used, explained and locked.</summary>
public sealed partial class PackageTests
{
    private static XDocument Central => XDocument.Load(Path.Combine(Checkout.Root, "Directory.Packages.props"));

    private static IEnumerable<string> Names =>
        Central.Descendants("PackageVersion").Select(element => element.Attribute("Include")!.Value);

    private static IEnumerable<string> BuildFiles => Checkout.Files.Where(file =>
        file.EndsWith(".csproj", StringComparison.Ordinal)
        || file is "Directory.Build.props" or "Directory.Build.targets");

    [Test]
    public void Every_version_is_exact() => Assert.That(
        Central.Descendants("PackageVersion").Select(element => element.Attribute("Version")!.Value),
        Is.All.Match(@"^\[\d+(\.\d+){2,3}\]$"));

    [Test]
    public void Versions_stand_nowhere_else() => Assert.That(
        BuildFiles.SelectMany(file => XDocument.Load(Path.Combine(Checkout.Root, file)).Descendants("PackageReference"))
            .Where(reference => reference.Attribute("Version") is not null),
        Is.Empty);

    [Test]
    public void Every_package_is_used()
    {
        HashSet<string> used = [.. BuildFiles
            .SelectMany(file => XDocument.Load(Path.Combine(Checkout.Root, file)).Descendants("PackageReference"))
            .Select(reference => reference.Attribute("Include")!.Value)];
        Assert.That(Names.Where(name => !used.Contains(name)), Is.Empty);
    }

    [Test]
    public void Every_package_has_its_line_in_the_docs()
    {
        string docs = Checkout.Read("docs/dependencies.md");
        Assert.That(Names.Where(name => !docs.Contains($"| {name} |", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_project_has_a_lock_file() => Assert.That(
        Checkout.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(file => !Checkout.Files.Contains($"{Path.GetDirectoryName(file)}/packages.lock.json")),
        Is.Empty);

    // Registry hosts and paths of a build machine have no place in a public tree.
    [Test]
    public void No_file_names_a_package_registry_or_a_machine_path()
    {
        IEnumerable<string> found = Checkout.Files
            .Where(file => new FileInfo(Path.Combine(Checkout.Root, file)).Length < 4_000_000)
            .Where(file => Private().IsMatch(Checkout.Read(file)));
        Assert.That(found, Is.Empty);
    }

    [GeneratedRegex(@"api\.nug[e]t\.org|registry\.npmj[s]|deb\.debi[a]n\.org|/w[o]rk/(main|wt|shared)|/r[o]ot/\.")]
    private static partial Regex Private();
}

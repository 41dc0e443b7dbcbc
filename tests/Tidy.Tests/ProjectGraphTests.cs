using System.Xml.Linq;

namespace EnergyChain.Tidy.Tests;

/// <summary>
/// The project graph is the architecture (docs/architecture.md); an arrow more or less is a decision.
/// </summary>
public sealed class ProjectGraphTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Core"] = [],
        ["Vm"] = ["Core"],
        ["Consensus"] = ["Core"],
        ["Ledger"] = ["Core", "Vm"],
        ["Contracts"] = ["Core"],
        ["Market"] = [],
        ["Devices"] = ["Core", "Market"],
        ["Client"] = ["Contracts", "Core"],
        ["Node"] = ["Client", "Consensus", "Contracts", "Core", "Devices", "Ledger", "Market", "Vm"],
        ["Dashboard"] = ["Client", "Core", "Market"],
        ["Wallet.Cli"] = ["Client", "Ledger", "Market", "Vm"],
    };

    private static readonly string[] PureRooms = ["Core", "Vm", "Consensus", "Ledger", "Market"];

    private static IEnumerable<string> Rooms => Arrows.Keys;

    private static IEnumerable<string> RoomProjects =>
        Checkout.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)
            && !file.StartsWith("tests/", StringComparison.Ordinal)
            && !file.StartsWith("benchmarks/", StringComparison.Ordinal));

    [Test]
    public void Rooms_are_exactly_those_of_the_architecture() => Assert.That(
        RoomProjects.Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(Arrows.Keys));

    [TestCaseSource(nameof(Rooms))]
    public void Room_references_exactly_what_the_architecture_allows(string room)
    {
        XDocument project = XDocument.Load(Path.Combine(Checkout.Root, room, room + ".csproj"));
        IEnumerable<string?> references = project.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        Assert.That(references, Is.EquivalentTo(Arrows[room]));
    }

    [TestCaseSource(nameof(Rooms))]
    public void Pure_rooms_and_no_others_are_marked_pure(string room)
    {
        XDocument project = XDocument.Load(Path.Combine(Checkout.Root, room, room + ".csproj"));
        bool marked = project.Descendants("PureRoom").Any(element => element.Value == "true");
        Assert.That(marked, Is.EqualTo(PureRooms.Contains(room)));
    }

    [Test]
    public void Solution_holds_every_project()
    {
        string solution = Checkout.Read("EnergyChain.sln").Replace('\\', '/');
        IEnumerable<string> missing = Checkout.Files
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal));
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Pure_rooms_pardon_no_banned_symbol()
    {
        IEnumerable<string> pardons = Checkout.RoomFiles
            .Where(file => PureRooms.Any(room => file.StartsWith(room + "/", StringComparison.Ordinal)))
            .Where(file => Checkout.Read(file).Contains("RS0030", StringComparison.Ordinal));
        Assert.That(pardons, Is.Empty);
    }
}

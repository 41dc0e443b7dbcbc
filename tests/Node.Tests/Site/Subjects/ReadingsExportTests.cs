using EnergyChain.Node.Site.Subjects;
using EnergyChain.Simulation.Disk;

namespace EnergyChain.Node.Tests.Site.Subjects;

[TestFixture]
internal sealed class ReadingsExportTests
{
    private const string Root = "/node";

    // 2026-01-31T23:00Z in quarter hours.
    private const long Slot = 1_966_556;

    [Test]
    public void Export_is_as_recorded_before_and_after_sealing()
    {
        ReadingsScene scene = Scene();
        string golden = File.ReadAllText(Path.Combine(
            TestContext.CurrentContext.TestDirectory, "Site", "Subjects", "readings.csv"));
        Assert.That(scene.ExportText().Text.ReplaceLineEndings("\n"), Is.EqualTo(golden.ReplaceLineEndings("\n")));

        scene.Keep();

        Assert.That(scene.ExportText().Text.ReplaceLineEndings("\n"), Is.EqualTo(golden.ReplaceLineEndings("\n")));
        Assert.That(scene.ExportText().Summary, Is.EqualTo(new ReadingsExportSummary(3, 0)));
    }

    [TestCase("2026-01-31T23:15Z", null, new[] { Slot + 1, Slot + 2 })]
    [TestCase(null, "2026-01-31T23:15Z", new[] { Slot })]
    [TestCase("2026-01-31T23:00:01Z", "2026-01-31T23:30Z", new[] { Slot + 1 })]
    public void Range_takes_the_slots_that_begin_in_it(string? from, string? to, long[] slots)
    {
        ReadingsScene scene = Scene();
        scene.Keep();
        string[] rows = scene.ExportText(Moment(from), Moment(to)).Text.Split("\r\n")[1..^1];
        Assert.That(rows.Select(row => long.Parse(row.Split(',')[0])), Is.EqualTo(slots));
    }

    private static ReadingsScene Scene()
    {
        ReadingsScene scene = new(new VirtualDisk(), Root);
        scene.WritePlain(
            "readings-20260131.jsonl",
            string.Concat(Enumerable.Range(0, 3).Select(k => ReadingsScene.PlainLine(Slot + k, (byte)(k + 1)) + "\n")));
        return scene;
    }

    private static DateTimeOffset? Moment(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

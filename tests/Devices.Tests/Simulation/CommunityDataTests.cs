using System.Numerics;
using EnergyChain.Devices.Simulation;

namespace EnergyChain.Devices.Tests.Simulation;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CommunityDataTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("energychain-profiles-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Measured_homes_are_read_to_the_Wh()
    {
        CommunityData data = CommunityData.Load(SharedData.Homes());
        CsvSiteProfile home = data.Homes[0];
        Assert.That(data.Homes, Has.Count.EqualTo(10));
        Assert.That(home.RowCount, Is.EqualTo(8760));
        Assert.That(home.Rating, Is.EqualTo(new SiteRating(4000, 6400, 5000, 900)));
        Assert.That(home.At(0), Is.EqualTo(new SlotEnergy(2276, 0)), "2.2758 kWh");
        Assert.That(data.RowOf(new DateTime(2016, 8, 1)), Is.EqualTo(1));
        Assert.That(data.Grid[0].RetailPerKwh, Is.EqualTo(BigInteger.Parse("220000000000000000")));
        Assert.That(data.Grid[0].CarbonMilligramsPerKwh, Is.EqualTo(170_720));
        Assert.That(home.At(8760), Is.Default);
        Assert.That(
            () => data.RowOf(new DateTime(2018, 1, 1)),
            Throws.InstanceOf<ProfileException>().With.Message.Contains("allowed is 2016-07-31T23:00 to"));
    }

    [TestCase("0", 0)]
    [TestCase("1", 1000)]
    [TestCase("2.2758", 2276)]
    [TestCase("0.0005", 1)]
    [TestCase("0.0004999", 0)]
    [TestCase("123456789.1", 123_456_789_100)]
    public void Decimal_becomes_whole_thousandths_rounded_half_away(string text, long expected)
    {
        Assert.That(ExactDecimal.TryParse(text, 3, out long value), Is.True);
        Assert.That(value, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase(".")]
    [TestCase("1.")]
    [TestCase(".5")]
    [TestCase("-1")]
    [TestCase("+1")]
    [TestCase("1e3")]
    [TestCase(" 1")]
    [TestCase("1,5")]
    [TestCase("1.2.3")]
    [TestCase("NaN")]
    [TestCase("999999999999999999")]
    public void Anything_else_is_no_decimal(string text) =>
        Assert.That(ExactDecimal.TryParse(text, 3, out _), Is.False);

    [Test]
    public void Good_files_are_read()
    {
        WriteAll();
        CommunityData data = CommunityData.Load(_directory);
        Assert.That(data.Homes.Single().At(1), Is.EqualTo(new SlotEnergy(2500, 100)));
        Assert.That(data.Step, Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [TestCase("T01:00,x,0", 3, "load_kwh is 'x'")]
    [TestCase("T01:00,-1,0", 3, "load_kwh is '-1'")]
    [TestCase("T01:00,1,", 3, "pv_kwh is ''")]
    [TestCase("T01:00,1", 3, "it has 2 fields")]
    [TestCase("T03:00,1,1\n2017-01-01T04:00,1,1", 4, "so that all steps are equal")]
    [TestCase("T00:00,1,1", 3, "a time after the first row's")]
    [TestCase("T25:00,1,1", 3, "allowed is like 2016-08-01T00:00")]
    [TestCase("T01:00,1,1\n\n", 4, "it has 1 fields")]
    public void Bad_row_is_named_by_file_line_and_what_is_allowed(string second, int line, string problem)
    {
        WriteAll();
        Write("home_01.csv", "interval_start,load_kwh,pv_kwh\n2017-01-01T00:00,1,1\n2017-01-01" + second);
        ProfileException? error = Assert.Throws<ProfileException>(() => CommunityData.Load(_directory));
        Assert.That(error!.Line, Is.EqualTo(line));
        Assert.That(error.Message, Does.Contain("home_01.csv line " + line).And.Contain(problem));
        Assert.That(error.Message, Does.Contain("allowed"));
    }

    [TestCase("home_01.csv", null, "the file is missing")]
    [TestCase("grid.csv", null, "the file is missing")]
    [TestCase("homes.json", null, "the file is missing")]
    [TestCase("home_01.csv", "", "line 1: the file is empty")]
    [TestCase("home_01.csv", "interval_start,load\n", "line 1: column load_kwh is missing")]
    [TestCase("home_01.csv", "interval_start,load_kwh,pv_kwh\n", "no rows")]
    [TestCase("home_01.csv", "interval_start,load_kwh,pv_kwh\n2017-01-01T00:00,1,1\n", "allowed are those of grid.csv")]
    [TestCase("homes.json", "[", "line 1: it is not JSON")]
    [TestCase("homes.json", "{}", "allowed is an array")]
    [TestCase("homes.json", "[{}]", "home number 1 is named ''")]
    [TestCase("homes.json", "[{\"home\":\"../x\"}]", "home number 1 is named '../x'")]
    [TestCase("homes.json", "[{\"home\":\"a\",\"pv_kw\":-4}]", "pv_kw of 'a' is -4")]
    [TestCase("homes.json", "[{\"home\":\"a\"}]", "pv_kw of 'a' is (nothing)")]
    public void Bad_file_is_named(string file, string? content, string problem)
    {
        WriteAll();
        File.Delete(Path.Combine(_directory, file));
        if (content is not null)
        {
            Write(file, content);
        }

        ProfileException? error = Assert.Throws<ProfileException>(() => CommunityData.Load(_directory));
        Assert.That(error!.Message, Does.Contain(file).And.Contain(problem));
    }

    private void WriteAll()
    {
        Write("homes.json", """
            [{"home":"home_01","pv_kw":4.0,"ess_capacity_kwh":6.4,"ess_power_kw":5.0,"ess_round_trip_efficiency":0.9}]
            """);
        Write("home_01.csv", "interval_start,load_kwh,pv_kwh\n2017-01-01T00:00,1,1\n2017-01-01T01:00,2.5,0.1\n");
        Write("grid.csv", "interval_start,retail_usd_per_kwh,carbon_kg_per_kwh\n"
            + "2017-01-01T00:00,0.22,0.1\n2017-01-01T01:00,0.54,0.2\n");
    }

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(_directory, file), content);
}

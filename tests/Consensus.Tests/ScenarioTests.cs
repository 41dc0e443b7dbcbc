using System.Text;

namespace EnergyChain.Consensus.Tests;

/// <summary>
/// Scenarios in testdata/*.txt: a command, "----", what the machine did, an empty line. With the environment variable
/// ENERGYCHAIN_REWRITE=1 the files are written anew; the difference is then read by a person.
/// </summary>
public sealed class ScenarioTests
{
    private static readonly string Folder =
        Path.Combine(SharedData.RepositoryRoot, "tests", "Consensus.Tests", "testdata");

    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder, "*.txt").Select(path => Path.GetFileName(path)).Order();

    [TestCaseSource(nameof(Names))]
    public void Scenario_run_again_has_its_recorded_output(string name)
    {
        string path = Path.Combine(Folder, name);
        string recorded = File.ReadAllText(path);
        string actual = Replay(recorded);
        if (Environment.GetEnvironmentVariable("ENERGYCHAIN_REWRITE") == "1")
        {
            File.WriteAllText(path, actual);
        }
        else
        {
            Assert.That(actual, Is.EqualTo(recorded));
        }
    }

    private static string Replay(string text)
    {
        Scenario scenario = new();
        StringBuilder output = new();
        bool skipping = false;
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.Length == 0)
            {
                skipping = false;
                output.Append('\n');
            }
            else if (line[0] == '#')
            {
                output.Append(line).Append('\n');
            }
            else if (!skipping)
            {
                skipping = true;
                output.Append(line).Append("\n----\n").Append(scenario.Run(line));
            }
        }

        return output.ToString();
    }
}

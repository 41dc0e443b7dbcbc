using System.Text;
using System.Text.Json.Nodes;
using EnergyChain.StateTests;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>
/// State tests with something changed in them: the runner says what became of every case, the machine throws nothing,
/// and a case differs from its expected root in the same way twice, traced or not, on every engine.
/// </summary>
[Category("Fuzz")]
public sealed class MutatedStateTestTests
{
    private const string Folder = "vectors/evm";
    private const int Files = 400;
    private const int MutantsPerFile = 4;

    /// <summary>A file of few cases, so that many files get their turn.</summary>
    private const int MaxFileBytes = 60_000;

    [Test]
    public void Mutated_fields_give_the_same_twice_and_on_every_engine()
    {
        string[] files = GivenFiles();
        StateTestRunner[] runners =
        [
            new() { Engine = CodeEngine.Interpreter },
            new() { Engine = CodeEngine.Blocks },
            new(),
            new() { Tracer = new CountingTracer() },
        ];
        int cases = 0;
        foreach (int seed in FuzzSettings.Seeds(Files))
        {
            Random random = new(seed);
            byte[] original = File.ReadAllBytes(files[random.Next(files.Length)]);
            for (int i = 0; i < MutantsPerFile; i++)
            {
                JsonObject root = JsonNode.Parse(original)!.AsObject();
                StateTestMutator.Mutate(root, random);
                byte[] mutant = Encoding.UTF8.GetBytes(root.ToJsonString());
                cases += CheckSame(mutant, runners, $"seed {seed}, mutant {i}");
            }
        }

        Assert.That(cases, Is.GreaterThan(Files));
    }

    [Test]
    public void Damaged_files_are_one_failure_or_give_results()
    {
        string[] files = GivenFiles();
        StateTestRunner runner = new();
        foreach (int seed in FuzzSettings.Seeds(300))
        {
            Random random = new(seed);
            byte[] bytes = StateTestMutator.Damage(File.ReadAllBytes(files[random.Next(files.Length)]), random);
            foreach (StateTestResult result in RunBytes(bytes, runner))
            {
                Assert.That(result.Detail, Does.Not.StartWith("threw"), $"seed {seed}");
                Assert.That(result.Detail, Does.Not.Contain('\n'), $"seed {seed}");
            }
        }
    }

    private static string[] GivenFiles() =>
    [
        .. Directory.EnumerateFiles(SharedData.Path(Folder), "*.json", SearchOption.AllDirectories)
            .Where(static file => new FileInfo(file).Length < MaxFileBytes)
            .Order(StringComparer.Ordinal),
    ];

    private static int CheckSame(byte[] bytes, StateTestRunner[] runners, string name)
    {
        StateTestResult[] expected = RunBytes(bytes, runners[0]);
        foreach (StateTestResult result in expected)
        {
            Assert.That(result.Detail, Does.Not.StartWith("threw"), () => $"{name}: {result}");
        }

        foreach (StateTestRunner runner in runners)
        {
            Assert.That(RunBytes(bytes, runner), Is.EqualTo(expected), name);
        }

        return expected.Length;
    }

    /// <summary>What the runner makes of a file's bytes, but for cases that a fuzz run has no time for.</summary>
    private static StateTestResult[] RunBytes(byte[] bytes, StateTestRunner runner)
    {
        try
        {
            IReadOnlyList<StateTestCase> cases = StateTestFile.Read(bytes, "mutant", StateTestRunner.Cancun, out _);
            return [.. cases.Where(StateTestMutator.IsAffordable).Select(runner.Run)];
        }
        catch (FormatException exception)
        {
            return [StateTestResult.OfFile("mutant", StateTestVerdict.Failed, exception.Message)];
        }
    }
}

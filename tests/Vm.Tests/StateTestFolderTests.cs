using EnergyChain.StateTests;

namespace EnergyChain.Vm.Tests;

/// <summary>
/// The given folders of ethereum/tests: all must pass but for precompiles that are absent by decision.
/// </summary>
[Category("Vectors")]
public sealed class StateTestFolderTests
{
    private const string Folder = "vectors/evm";

    public static IEnumerable<string> Folders()
    {
        string path = Path.Combine(SharedData.RepositoryRoot, "..", "shared", Folder);
        return Directory.Exists(path)
            ? Directory.EnumerateDirectories(path).Select(Path.GetFileName).OfType<string>()
                .Order(StringComparer.Ordinal)
            : ["absent"];
    }

    [Test]
    public void Folder_of_state_tests_gives_the_expected_roots_and_logs(
        [ValueSource(nameof(Folders))] string folder,
        [Values(CodeEngine.Adaptive, CodeEngine.Blocks)] CodeEngine engine)
    {
        string path = SharedData.Path($"{Folder}/{folder}");
        List<StateTestResult> results = [.. new StateTestRunner { Engine = engine }.RunAll([path])];
        Assert.That(results, Is.Not.Empty);
        Assert.That(results.Where(static result => result.Verdict == StateTestVerdict.Failed), Is.Empty);
        Assert.That(
            results.Where(static result => result.Verdict == StateTestVerdict.Skipped).Select(static r => r.Detail),
            Is.All.StartsWith("absent precompile 0x000000000000000000000000000000000000000"));
    }
}

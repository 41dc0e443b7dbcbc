namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>
/// Generated scenarios give the same here and on revm: success, gas used, logs and created address of each
/// transaction, and the state root after all of them. ENERGYCHAIN_FUZZ_SCENARIOS says how many, for long runs.
/// </summary>
[Category("Anvil")]
public sealed class AnvilDifferentialTests
{
    private const int ScenariosPerBlock = 25;

    [Test]
    public async Task Scenarios_give_the_same_as_on_revm()
    {
        int scenarios = FuzzSettings.Setting("ENERGYCHAIN_FUZZ_SCENARIOS", 1_000);
        int firstSeed = FuzzSettings.Setting("ENERGYCHAIN_FUZZ_SEED", 1);
        using AnvilNode node = await AnvilNode.StartAsync();
        EvmMachine[] machines = [new(CodeEngine.Adaptive), new(CodeEngine.Blocks)];
        List<string> differences = [];
        for (int seed = firstSeed; seed < firstSeed + scenarios && differences.Count < 5; seed += ScenariosPerBlock)
        {
            Scenario[] batch = [.. Enumerable.Range(seed, ScenariosPerBlock).Select(ScenarioGenerator.Generate)];
            AnvilBlock block = await AnvilBlock.MineAsync(node, batch);
            foreach (EvmMachine machine in machines)
            {
                if (block.FindDifference(machine) is string difference)
                {
                    differences.Add(await NarrowAsync(node, machine, batch) ?? difference);
                }
            }
        }

        Assert.That(differences, Is.Empty);
    }

    /// <summary>The same for each scenario on its own.</summary>
    private static async Task<string?> NarrowAsync(AnvilNode node, EvmMachine machine, Scenario[] batch)
    {
        foreach (Scenario scenario in batch)
        {
            AnvilBlock block = await AnvilBlock.MineAsync(node, [scenario]);
            if (block.FindDifference(machine) is string difference)
            {
                return $"seed {scenario.Seed} alone: {difference}";
            }
        }

        return null;
    }
}

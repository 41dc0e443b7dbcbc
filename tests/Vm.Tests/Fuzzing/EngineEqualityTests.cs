namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>
/// Generated programs give the same whatever runs them: opcode by opcode, in compiled blocks, traced, on a new machine
/// and on one that has run much else, with plenty of gas and with gas that ends at any opcode.
/// </summary>
[Category("Fuzz")]
public sealed class EngineEqualityTests
{
    private const ulong Plenty = 200_000;
    private const int GasLimitsPerProgram = 12;

    private readonly EvmMachine _interpreter = new(CodeEngine.Interpreter);
    private readonly EvmMachine _blocks = new(CodeEngine.Blocks);
    private readonly EvmMachine _adaptive = new(CodeEngine.Adaptive);

    [TestCase(ProgramShape.Straight, 250)]
    [TestCase(ProgramShape.Loops, 250)]
    [TestCase(ProgramShape.Jumps, 250)]
    [TestCase(ProgramShape.Calls, 150)]
    [TestCase(ProgramShape.Mixed, 150)]
    public void Program_gives_the_same_on_every_engine(ProgramShape shape, int programs)
    {
        foreach (int seed in FuzzSettings.Seeds(programs))
        {
            ProgramGenerator generator = new(seed);
            ProgramRun run = ProgramRun.Generate(generator, shape);
            ResourceTracer tracer = new(Plenty);
            string expected = run.Outcome(_interpreter, Plenty);
            Assert.That(run.Outcome(_adaptive, Plenty, tracer), Is.EqualTo(expected), () => Name(seed, Plenty, run));
            Assert.That(tracer.Open, Is.Zero, () => Name(seed, Plenty, run));
            Check(run, seed, Plenty, expected);
            Assert.That(run.Outcome(new EvmMachine(), Plenty), Is.EqualTo(expected), () => Name(seed, Plenty, run));
            foreach (ulong gas in GasLimits(generator.Random, tracer))
            {
                Check(run, seed, gas, run.Outcome(_interpreter, gas));
            }
        }
    }

    /// <summary>Limits at which the outermost frame has just enough for a step, or one too little.</summary>
    private static IEnumerable<ulong> GasLimits(Random random, ResourceTracer tracer)
    {
        int steps = tracer.GasBeforeSteps.Count;
        for (int i = 0; steps > 0 && i < GasLimitsPerProgram; i++)
        {
            ulong before = tracer.GasBeforeSteps[random.Next(steps)];
            yield return random.Next(3) switch
            {
                0 => before,
                1 => before == 0 ? 0 : before - 1,
                _ => before + (ulong)random.Next(30),
            };
        }
    }

    private static string Name(int seed, ulong gas, ProgramRun run) => $"seed {seed}, gas {gas}, {run}";

    private void Check(ProgramRun run, int seed, ulong gas, string expected)
    {
        Assert.That(run.Outcome(_blocks, gas), Is.EqualTo(expected), () => "blocks: " + Name(seed, gas, run));
        Assert.That(run.Outcome(_adaptive, gas), Is.EqualTo(expected), () => "adaptive: " + Name(seed, gas, run));
    }
}

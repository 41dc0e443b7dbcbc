using EnergyChain.Core.Chain;
using EnergyChain.Node.Consensus;
using EnergyChain.Simulation.Checks;
using EnergyChain.Simulation.Faults;
using EnergyChain.Simulation.Network;
using EnergyChain.Simulation.Nodes;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation;

/// <summary>
/// Everything of one run. One thread; nothing is shared with other runs but keys, which never change.
/// </summary>
internal sealed class World : IDisposable
{
    private readonly MeterFactory _meters = new();

    public World(ulong seed, SimulationOptions options)
    {
        Options = options;
        Timeline = new Timeline();
        Trace = new Trace(Timeline);
        SeededRandom random = new(seed);
        Plan = FaultPlan.Draw(options, random.Fork());
        PhysicalNodes = options.Nodes + Plan.Byzantine.Values.Count(kind => kind == ByzantineKind.Twins);
        Genesis = SimGenesis.Make(options.Nodes);
        Metrics = new ConsensusMetrics(_meters);
        Network = new VirtualNetwork(this, random.Fork());
        Oracle = new Oracle(this);
        Nodes = MakeNodes(random);
        Clients = new ClientLoad(this, random.Fork());
        Injector = new FaultInjector(this, random.Fork());
    }

    public SimulationOptions Options { get; }

    public FaultPlan Plan { get; }

    public Genesis Genesis { get; }

    public ConsensusMetrics Metrics { get; }

    public Timeline Timeline { get; }

    public Trace Trace { get; }

    public VirtualNetwork Network { get; }

    public Oracle Oracle { get; }

    /// <summary>The members in council order, then the twins.</summary>
    public IReadOnlyList<SimNode> Nodes { get; }

    public int PhysicalNodes { get; }

    public ClientLoad Clients { get; }

    public FaultInjector Injector { get; }

    /// <summary>The first thing that went wrong; the run ends with it.</summary>
    public Violation? Violation { get; private set; }

    public IEnumerable<SimNode> Honest => Nodes.Where(node => node.IsHonest);

    public void Fail(ViolationKind kind, string what)
    {
        Violation ??= new Violation(kind, what, Timeline.NowMs);
        Trace.Note(null, $"VIOLATION {kind}: {what}");
    }

    public void Dispose()
    {
        Metrics.Dispose();
        _meters.Dispose();
    }

    private List<SimNode> MakeNodes(SeededRandom random)
    {
        List<SimNode> nodes = [];
        for (int member = 0; member < Options.Nodes; member++)
        {
            nodes.Add(new SimNode(this, nodes.Count, member, random.Fork()));
        }

        foreach (int twin in Plan.Byzantine.Where(pair => pair.Value == ByzantineKind.Twins).Select(pair => pair.Key)
            .Order())
        {
            nodes.Add(new SimNode(this, nodes.Count, twin, random.Fork()));
        }

        return nodes;
    }
}

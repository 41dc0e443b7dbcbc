using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests.Trie;
using EnergyChain.Vm;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.StateTests;

/// <summary>
/// Runs cases of ethereum/tests on our machine, in this process and on the caller's thread, and compares state root and
/// logs hash. An exception is a failure of its case only; for a time limit see <see cref="WorkerPool"/>.
/// </summary>
/// <param name="fork">The section of the expected results to compare with.</param>
public sealed class StateTestRunner(string fork = StateTestRunner.Cancun)
{
    public const string Cancun = "Cancun";

    private EvmMachine? _machine;

    /// <summary>What runs the code.</summary>
    public CodeEngine Engine { get; init; }

    /// <summary>Where the EIP-3155 lines go; null for no tracing.</summary>
    public TextWriter? TraceOutput { get; init; }

    /// <summary>Watches every step when set, and <see cref="TraceOutput"/> is not.</summary>
    public ITracer? Tracer { get; set; }

    /// <summary>All cases of the files at or below the paths, in the order of their names.</summary>
    public IEnumerable<StateTestResult> RunAll(IEnumerable<string> paths)
    {
        TestFiles files = TestFiles.Find(paths);
        return files.Problems.Concat(files.Paths.SelectMany(path => RunFile(path)));
    }

    /// <summary>The cases of a file, and what of it is skipped. A file that cannot be read is one failure.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">How many cases to leave out at the start.</param>
    /// <param name="begin">Is told of each case before it runs.</param>
    public IEnumerable<StateTestResult> RunFile(string path, int first = 0, Action<StateTestCase>? begin = null)
    {
        IReadOnlyList<StateTestCase> cases = [];
        IReadOnlyList<StateTestResult> others;
        try
        {
            cases = StateTestFile.Read(File.ReadAllBytes(path), path, fork, out others);
        }
        catch (Exception exception)
            when (exception is FormatException or IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            others = [StateTestResult.OfFile(path, StateTestVerdict.Failed, exception.Message)];
        }

        return (first == 0 ? others : []).Concat(cases.Skip(first).Select(test =>
        {
            begin?.Invoke(test);
            return Run(test);
        }));
    }

    /// <summary>One case. It does not throw, but has no limit of time.</summary>
    public StateTestResult Run(StateTestCase test)
    {
        try
        {
            return RunChecked(test);
        }
        catch (Exception exception)
        {
            // The machine may have stopped in the middle of anything.
            _machine = null;
            string detail = exception is FormatException
                ? $"malformed test: {exception.Message}"
                : $"threw {exception}";
            return StateTestResult.Of(test, StateTestVerdict.Failed, detail);
        }
    }

    private StateTestResult RunChecked(StateTestCase test)
    {
        if (test.HasBlobs)
        {
            return StateTestResult.Of(test, StateTestVerdict.Skipped, "blob transaction");
        }

        Eip3155Tracer? lines = TraceOutput is null ? null : new Eip3155Tracer(TraceOutput);
        string? difference = FindDifference(test, lines ?? Tracer, lines);
        if (difference is null)
        {
            return StateTestResult.Of(test, StateTestVerdict.Passed);
        }

        AbsenceWatch watch = new(test.HasCostlyBlobs);
        string? watched = FindDifference(test, watch, null);
        return watched is null
            ? StateTestResult.Of(test, StateTestVerdict.Failed, $"only without a tracer: {difference}")
            : watch.Used is string absence
                ? StateTestResult.Of(test, StateTestVerdict.Skipped, absence)
                : StateTestResult.Of(test, StateTestVerdict.Failed, difference);
    }

    private string? FindDifference(StateTestCase test, ITracer? tracer, Eip3155Tracer? lines)
    {
        MemoryState world = test.ReadPreState();
        BlockEnvironment block = test.ReadBlock();
        TransactionOutcome outcome;
        try
        {
            StateOverlay overlay = new(world);
            _machine ??= new EvmMachine(Engine);
            outcome = EthereumTransition.Run(_machine, block, test.ReadTransaction(), overlay, tracer);
            world.Apply(overlay.Drain());
        }
        catch (NumberTooLargeException exception) when (test.ExpectedException is not null)
        {
            outcome = new TransactionOutcome($"RLP_INVALID_VALUE: {exception.Message}", 0, null);
        }

        Hash32 root = world.Root();
        string? difference = FindDifference(test, outcome, root, world);
        lines?.WriteSummary(root, outcome.Execution, difference is null, fork);
        return difference;
    }

    private static string? FindDifference(
        StateTestCase test, TransactionOutcome outcome, Hash32 root, MemoryState world)
    {
        string? expected = test.ExpectedException;
        if (expected is null != outcome.Error is null)
        {
            return $"expected exception {expected ?? "none"}, got {outcome.Error ?? "none"}";
        }

        List<string> differences = [];
        if (root != test.ExpectedRoot)
        {
            string? account = PostState.FindDifference(test.Post, world);
            string where = account is null ? string.Empty : $" ({account})";
            differences.Add($"state root {root}, expected {test.ExpectedRoot}{where}");
        }

        Hash32 logs = Keccak256.Hash(Rlp.List([.. (outcome.Execution?.Logs ?? []).Select(Encode)]));
        if (outcome.Error is null && logs != test.ExpectedLogs)
        {
            differences.Add($"logs {logs}, expected {test.ExpectedLogs}");
        }

        return differences.Count == 0 ? null : string.Join("; ", differences);
    }

    private static byte[] Encode(LogEntry log) => Rlp.List(
        Rlp.String(log.Address.ToArray()),
        Rlp.List([.. log.Topics.Select(static topic => Rlp.String(topic.ToArray()))]),
        Rlp.String(log.Data.Span));
}

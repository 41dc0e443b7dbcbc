using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.StateTests.Trie;
using EnergyChain.Vm;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.StateTests;

/// <summary>Runs cases of ethereum/tests on our machine and compares state root and logs hash.</summary>
public sealed class StateTestRunner
{
    /// <summary>How long one case may take before it counts as failed.</summary>
    public static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(60);

    private EvmMachine _machine = new();

    /// <summary>Watches every step when set.</summary>
    public ITracer? Tracer { get; set; }

    /// <summary>All cases of the files at or below the paths, in the order of the paths' names.</summary>
    public IEnumerable<StateTestResult> RunAll(IEnumerable<string> paths, string fork)
    {
        foreach (string file in paths.SelectMany(FilesOf))
        {
            List<StateTestCase> cases;
            string? broken = null;
            try
            {
                cases = [.. StateTestCase.ReadFile(file, fork)];
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                cases = [];
                broken = $"not a state test: {exception.Message}";
            }

            if (broken is not null)
            {
                yield return new StateTestResult(file, StateTestVerdict.Failed, broken);
            }

            foreach (StateTestCase test in cases)
            {
                yield return RunGuarded(test);
            }
        }
    }

    /// <summary>One case; an exception or a hang is a failure of that case only.</summary>
    public StateTestResult RunGuarded(StateTestCase test)
    {
        StateTestResult? result = null;
        Thread worker = new(() => result = RunCatching(test)) { IsBackground = true };
        worker.Start();
        if (worker.Join(CaseLimit))
        {
            return result!;
        }

        // The machine is still busy on the lost thread.
        _machine = new EvmMachine();
        return new StateTestResult(test.ToString(), StateTestVerdict.Failed, $"not done after {CaseLimit}");
    }

    private static IEnumerable<string> FilesOf(string path) => File.Exists(path)
        ? [path]
        : Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private StateTestResult RunCatching(StateTestCase test)
    {
        try
        {
            return Run(test);
        }
        catch (Exception exception)
        {
            _machine = new EvmMachine();
            return new StateTestResult(test.ToString(), StateTestVerdict.Failed, $"threw {exception}");
        }
    }

    private StateTestResult Run(StateTestCase test)
    {
        if (test.HasBlobs)
        {
            return new StateTestResult(test.ToString(), StateTestVerdict.Skipped, "blob transaction");
        }

        string? difference = FindDifference(test, Tracer);
        if (difference is null)
        {
            return new StateTestResult(test.ToString(), StateTestVerdict.Passed, string.Empty);
        }

        AbsentPrecompileWatch watch = new();
        FindDifference(test, watch);
        return watch.Called is Address address
            ? new StateTestResult(test.ToString(), StateTestVerdict.Skipped, $"absent precompile {address}")
            : new StateTestResult(test.ToString(), StateTestVerdict.Failed, difference);
    }

    private string? FindDifference(StateTestCase test, ITracer? tracer)
    {
        MemoryState world = test.ReadPreState();
        StateOverlay overlay = new(world);
        string? error;
        IReadOnlyList<LogEntry> logs = [];
        try
        {
            EthereumTransaction transaction = test.ReadTransaction();
            error = EthereumTransition.Run(_machine, test.ReadBlock(), transaction, overlay, out logs, tracer);
        }
        catch (FormatException exception)
        {
            error = $"RLP_INVALID_VALUE: {exception.Message}";
        }

        world.Apply(overlay.Drain());
        string? expected = test.ExpectedException;
        if (expected is null != error is null)
        {
            return $"expected exception {expected ?? "none"}, got {error ?? "none"}";
        }

        Hash32 root = world.Root();
        Hash32 logsHash = Keccak256.Hash(Rlp.List([.. logs.Select(Encode)]));
        return root != test.ExpectedRoot ? $"state root {root}, expected {test.ExpectedRoot}"
            : error is null && logsHash != test.ExpectedLogs ? $"logs {logsHash}, expected {test.ExpectedLogs}"
            : null;
    }

    private static byte[] Encode(LogEntry log) => Rlp.List(
        Rlp.String(log.Address.ToArray()),
        Rlp.List([.. log.Topics.Select(static topic => Rlp.String(topic.ToArray()))]),
        Rlp.String(log.Data.Span));
}

namespace EnergyChain.StateTests;

/// <summary>The command line of the state-test runner.</summary>
internal static class Program
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int WrongUsage = 2;
    private const int MaxWorkers = 16;

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is [WorkerProcess.Argument, string fork, .. string[] rest])
        {
            StateTestRunner runner = new(fork) { TraceOutput = rest.Length > 0 ? Console.Error : null };
            WorkerLoop.Run(Console.In, Console.Out, runner);
            return Success;
        }

        CommandLine line = CommandLine.Parse(arguments, out string? mistake);
        if (mistake is not null)
        {
            await Console.Error.WriteLineAsync($"{mistake}{Environment.NewLine}{CommandLine.Usage}");
            return WrongUsage;
        }

        return await RunAsync(line);
    }

    private static async Task<int> RunAsync(CommandLine line)
    {
        TestFiles files = TestFiles.Find(line.Paths);
        Report report = new(Console.Out, line.IsJson);
        foreach (StateTestResult problem in files.Problems)
        {
            report.Add(problem);
        }

        if (files.Paths.Count == 0)
        {
            // A run of nothing must not look like a run in which nothing failed.
            await Console.Error.WriteLineAsync("no JSON file at or below the paths given");
            report.Finish();
            return report.Failed == 0 ? WrongUsage : Failure;
        }

        // The lines of a trace must not mix.
        int workers = line.IsTracing ? 1 : Math.Clamp(Environment.ProcessorCount, 1, MaxWorkers);
        WorkerPool pool = new(line.Fork, line.CaseLimit, workers, line.IsTracing);
        Progress progress = new(Console.Error, files.Paths.Count, !Console.IsErrorRedirected && !line.IsTracing);
        await foreach (IReadOnlyList<StateTestResult> results in pool.RunAsync(files.Paths))
        {
            progress.Clear();
            foreach (StateTestResult result in results)
            {
                report.Add(result);
            }

            progress.Advance(report);
        }

        progress.Clear();
        report.Finish();
        return report.Failed == 0 ? Success : Failure;
    }
}

using System.Collections.Concurrent;
using System.Text.Json;

namespace EnergyChain.StateTests;

/// <summary>What a worker process does: runs the files it is told, one line in, a few lines out.</summary>
internal static class WorkerLoop
{
    /// <summary>Does not return: the process ends with its input.</summary>
    /// <param name="input">Ends when the runner does, however that ends.</param>
    /// <param name="output">Nothing else may be written to it.</param>
    /// <param name="runner">Runs the cases.</param>
    public static void Run(TextReader input, TextWriter output, StateTestRunner runner)
    {
        using BlockingCollection<string> orders = [];
        new Thread(() => Listen(input, orders)) { IsBackground = true }.Start();
        Write(new WorkerMessage(WorkerMessageKind.Ready));
        foreach (string line in orders.GetConsumingEnumerable())
        {
            WorkerMessage order = JsonSerializer.Deserialize<WorkerMessage>(line)!;
            foreach (StateTestResult result in runner.RunFile(order.Path!, order.First, Begin))
            {
                Write(new WorkerMessage(WorkerMessageKind.Done, Result: result));
            }

            Write(new WorkerMessage(WorkerMessageKind.End));
        }

        void Begin(StateTestCase test) => Write(new WorkerMessage(
            WorkerMessageKind.Begin, Result: StateTestResult.Of(test, StateTestVerdict.Failed)));

        void Write(WorkerMessage message)
        {
            output.WriteLine(JsonSerializer.Serialize(message));
            output.Flush();
        }
    }
    /// <summary>Nobody would stop a case that runs on and on once the runner is gone.</summary>
    private static void Listen(TextReader input, BlockingCollection<string> orders)
    {
        while (input.ReadLine() is string line)
        {
            orders.Add(line);
        }

        Environment.Exit(0);
    }
}

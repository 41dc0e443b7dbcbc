using System.Text.Json;

namespace EnergyChain.StateTests;

/// <summary>What a worker process does: runs the files it is told, one line in, a few lines out.</summary>
internal static class WorkerLoop
{
    /// <param name="input">Ends when the runner does.</param>
    /// <param name="output">Nothing else may be written to it.</param>
    /// <param name="runner">Runs the cases.</param>
    public static void Run(TextReader input, TextWriter output, StateTestRunner runner)
    {
        Write(new WorkerMessage(WorkerMessageKind.Ready));
        while (input.ReadLine() is string line)
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
}

namespace EnergyChain.StateTests;

/// <summary>
/// Runs files in worker processes. A case that takes too long, or brings its process down, is one failure: the process
/// is ended, and another goes on behind that case.
/// </summary>
/// <param name="fork">The section of the expected results to compare with.</param>
/// <param name="caseLimit">How long a case may take, and the reading of a file.</param>
/// <param name="degree">How many processes.</param>
/// <param name="isTracing">Whether the workers write EIP-3155 lines to standard error.</param>
internal sealed class WorkerPool(string fork, TimeSpan caseLimit, int degree, bool isTracing)
{
    private int _started = -1;

    /// <summary>The results of each file, in the order of the files.</summary>
    /// <exception cref="InvalidOperationException">A worker does not start.</exception>
    public async IAsyncEnumerable<IReadOnlyList<StateTestResult>> RunAsync(IReadOnlyList<string> files)
    {
        TaskCompletionSource<IReadOnlyList<StateTestResult>>[] results =
            [.. files.Select(static _ => new TaskCompletionSource<IReadOnlyList<StateTestResult>>())];
        int lanesNeeded = Math.Min(degree, files.Count);
        Task[] lanes = [.. Enumerable.Range(0, lanesNeeded).Select(_ => RunLaneAsync(files, results))];
        foreach (TaskCompletionSource<IReadOnlyList<StateTestResult>> result in results)
        {
            yield return await result.Task;
        }

        await Task.WhenAll(lanes);
    }

    private async Task RunLaneAsync(
        IReadOnlyList<string> files, TaskCompletionSource<IReadOnlyList<StateTestResult>>[] results)
    {
        WorkerProcess? worker = null;
        for (int i = Interlocked.Increment(ref _started); i < files.Count; i = Interlocked.Increment(ref _started))
        {
            try
            {
                List<StateTestResult> found = [];
                int begun = 0;
                bool isDone = false;
                while (!isDone)
                {
                    worker ??= await WorkerProcess.StartAsync(fork, isTracing);
                    int before = begun;
                    (begun, string? end) = await RunFileAsync(worker, files[i], begun, found);
                    if (end is not null)
                    {
                        worker.Dispose();
                        worker = null;
                    }

                    // Without a case that had begun, the file itself is what cannot be read.
                    isDone = end is null || begun == before;
                }

                results[i].SetResult(found);
            }
            catch (Exception exception)
            {
                results[i].SetException(exception);
            }
        }

        worker?.Dispose();
    }

    /// <returns>How many cases have begun, and why the worker can do no more; null when the file is done.</returns>
    private async Task<(int Begun, string? End)> RunFileAsync(
        WorkerProcess worker, string path, int first, List<StateTestResult> found)
    {
        StateTestResult running = StateTestResult.OfFile(path, StateTestVerdict.Failed, string.Empty);
        int begun = first;
        string end;
        try
        {
            await worker.SendAsync(new WorkerMessage(WorkerMessageKind.Run, path, first));
            while (await worker.ReadAsync(caseLimit) is WorkerMessage message)
            {
                switch (message.Kind)
                {
                    case WorkerMessageKind.Begin:
                        running = message.Result!;
                        begun++;
                        break;
                    case WorkerMessageKind.Done:
                        found.Add(message.Result!);
                        break;
                    default:
                        return (begun, null);
                }
            }

            end = $"its process ended with exit code {await worker.ExitCodeAsync()}";
        }
        catch (OperationCanceledException)
        {
            end = $"not done after {caseLimit.TotalSeconds} s";
        }

        found.Add(running with { Detail = end });
        return (begun, end);
    }
}

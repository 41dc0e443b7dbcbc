namespace EnergyChain.Processes.Nodes;

/// <summary>Wakes those who wait for a condition whenever something has changed. Thread-safe.</summary>
public sealed class Pulse
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Something has changed.</summary>
    public void Beat() => Interlocked
        .Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
        .TrySetResult();

    /// <summary>Waits until a condition holds; throws <see cref="TimeoutException"/> that names it.</summary>
    /// <param name="what">The condition in words.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="holds">Asked after every beat.</param>
    public async Task UntilAsync(string what, TimeSpan patience, Func<bool> holds)
    {
        using CancellationTokenSource deadline = new(patience);
        while (true)
        {
            Task next = Volatile.Read(ref _next).Task;
            if (holds())
            {
                return;
            }

            try
            {
                await next.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not within {patience.TotalSeconds:0} s: {what}.");
            }
        }
    }

    /// <summary>As the other, for a condition that has to be asked for.</summary>
    public static async Task UntilAsync(string what, TimeSpan patience, Func<Task<bool>> holds)
    {
        using CancellationTokenSource deadline = new(patience);
        using PeriodicTimer look = new(LookEvery);
        while (!await holds())
        {
            try
            {
                await look.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not within {patience.TotalSeconds:0} s: {what}.");
            }
        }
    }
}

using System.Diagnostics;

namespace EnergyChain.Dashboard.Browser;

/// <summary>Asks again and again until something holds: what a page shows follows the node by a moment.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Fails, and says what was last seen, where page and node do not come to say the same.</summary>
    public static async Task SameAsync(Func<Task<object?>> page, Func<Task<object?>> node, string what)
    {
        using PeriodicTimer timer = new(Pause);
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            // The node is asked on both sides: it may have gone on while the page was read.
            object? before = await node();
            object? shown = await page();
            object? after = await node();
            if (Equals(shown, before) || Equals(shown, after))
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                Assert.Fail($"{what}: the page shows '{shown}', the node says '{after}'.");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>The first value that is not null; fails where none comes in time.</summary>
    public static async Task<T> FoundAsync<T>(Func<Task<T?>> find, string what, TimeSpan? patience = null)
        where T : class
    {
        using PeriodicTimer timer = new(Pause);
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < (patience ?? Patience))
        {
            if (await find() is { } found)
            {
                return found;
            }

            await timer.WaitForNextTickAsync();
        }

        throw new AssertionException($"{what} did not come.");
    }
}

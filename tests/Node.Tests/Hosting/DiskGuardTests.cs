using EnergyChain.Node.Hosting;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Hosting;

[TestFixture]
internal sealed class DiskGuardTests
{
    private const long Mebibyte = 1L << 20;
    private readonly FakeTimeProvider _time = new();
    private readonly FakeSpace _space = new();
    private readonly Lifetime _lifetime = new();
    private readonly LogCapture _lines = new();

    [Test]
    public void Start_with_too_little_room_is_refused_with_one_sentence_and_a_code_of_its_own()
    {
        using DiskGuard guard = Guard(512);
        _space.Free = (512 * Mebibyte) - 1;

        OperatorException? refused = Assert.Throws<OperatorException>(guard.RequireRoom);

        Assert.That(refused!.ExitCode, Is.EqualTo(ExitCode.DiskFull));
        Assert.That(refused.Message, Does.Contain("511 MiB left").And.Contain("minimumFreeMiB 512"));
        _space.Free++;
        Assert.That(guard.RequireRoom, Throws.Nothing);
    }

    [TestCase(0)]
    [TestCase(100)]
    public async Task Disk_that_fills_stops_the_node_once_and_the_wait_ends_when_there_is_room(int minimum)
    {
        using DiskGuard guard = Guard(minimum);
        await guard.StartAsync(CancellationToken.None);
        await AdvanceUntilAsync(() => _space.Looks > 0);
        Assert.That(_lifetime.Stops, Is.Zero);

        _space.Free = (100 * Mebibyte) - 1;
        int looks = _space.Looks;
        await AdvanceUntilAsync(() => minimum == 0 ? _space.Looks > looks + 1 : guard.ExecuteTask!.IsCompleted);

        Assert.That(_lifetime.Stops, Is.EqualTo(minimum == 0 ? 0 : 1));
        Assert.That(guard.HasStopped, Is.EqualTo(minimum != 0));
        Assert.That(_lines.Lines.Count(), Is.EqualTo(minimum == 0 ? 0 : 1));
        await guard.StopAsync(CancellationToken.None);

        // A quarter more than what it stopped at, or it would stop again at once.
        Task wait = guard.WaitForRoomAsync(CancellationToken.None);
        Assert.That(wait.IsCompleted, Is.EqualTo(minimum == 0));
        _space.Free = (125 * Mebibyte) - 1;
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(wait.IsCompleted, Is.EqualTo(minimum == 0));
        _space.Free++;
        await AdvanceUntilAsync(() => wait.IsCompleted);
    }

    [Test]
    public void Node_whose_write_found_no_room_before_the_guard_looked_waits_for_room_as_well()
    {
        using DiskGuard guard = Guard(512);
        _space.Free = long.MaxValue;

        Assert.That(guard.LacksRoom, Is.False);
        _space.Free = 0;
        Assert.That(guard.LacksRoom);
        _space.Free = null;
        Assert.That(guard.LacksRoom, Is.False);
    }

    [Test]
    public void Disk_that_cannot_tell_its_room_is_no_reason_to_stop()
    {
        using DiskGuard guard = Guard(512);
        _space.Free = null;

        Assert.That(guard.RequireRoom, Throws.Nothing);
    }

    // A tick of the fake clock is handled on another thread.
    private async Task AdvanceUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private DiskGuard Guard(int minimum) => new(
        new NodeOptions { MinimumFreeMiB = minimum, BaseDirectory = Path.GetTempPath() },
        _space,
        _time,
        _lifetime,
        new Logger<DiskGuard>(new LoggerFactory([_lines])));

    private sealed class FakeSpace : IDiskSpace
    {
        private int _looks;

        public long? Free { get; set; } = long.MaxValue;

        public int Looks => Volatile.Read(ref _looks);

        public long FreeBytes(string path)
        {
            Interlocked.Increment(ref _looks);
            return Free ?? throw new IOException("no such drive");
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public int Stops { get; private set; }

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => Stops++;
    }
}

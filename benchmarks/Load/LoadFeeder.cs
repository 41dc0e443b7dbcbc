using System.Collections.Concurrent;
using System.Diagnostics;
using EnergyChain.Core.Chain;
using Grpc.Core;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// Offers the lanes' transactions to their nodes, in batches and evenly. What a node refuses for want of room is
/// offered again.
/// </summary>
/// <param name="lanes">One for each entry.</param>
/// <param name="entries">The nodes.</param>
/// <param name="pace">How many are due.</param>
/// <param name="besides">Transactions that others had or have accepted, and that are in blocks too.</param>
internal sealed class LoadFeeder(
    IReadOnlyList<Lane> lanes, IReadOnlyList<LoadNode> entries, LoadPace pace, Func<long> besides)
{
    private const int MaxBatch = 250;

    /// <summary>The fewest that are worth a call where the network sets the pace.</summary>
    public const int MinBatch = 32;

    /// <summary>
    /// Where the network sets the pace: so many over all lanes, and two of each at least, so that no node waits for a
    /// tick.
    /// </summary>
    private const int MaxCallsOfPacedLanes = 8;
    private const int LeastCallsOfLane = 2;

    /// <summary>Where the clock does: so many that no answer holds an offer up.</summary>
    private const int MaxCallsOfTimedLane = 64;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly int[] _calls = new int[lanes.Count];
    private readonly ConcurrentDictionary<Task, bool> _running = [];
    private readonly ConcurrentDictionary<string, long> _refusals = [];
    private long _offered;
    private long _accepted;
    private long _waiting;
    private int _turn;

    /// <summary>How often a reason was given, by name.</summary>
    public IReadOnlyDictionary<string, long> Refusals => _refusals;

    /// <summary>Offers, repeated ones included.</summary>
    public long Offered => Volatile.Read(ref _offered);

    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Whether a lane had nothing left before it was over.</summary>
    public bool RanDry { get; private set; }

    /// <summary>Offers until cancelled, then waits for the calls under way.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using PeriodicTimer timer = new(Tick);
        BlockTrail trail = entries[0].Trail;
        long last = Stopwatch.GetTimestamp();
        ulong seen = trail.Height;
        while (!stop.IsCancellationRequested && !RanDry)
        {
            long now = Stopwatch.GetTimestamp();
            long outstanding = Accepted + besides() + Volatile.Read(ref _waiting) - trail.Committed;
            if (trail.Height > seen)
            {
                seen = trail.Height;
                pace.Observe(trail.Blocks, outstanding);
            }

            int due = pace.Due(Stopwatch.GetElapsedTime(last, now).TotalSeconds, outstanding);
            last = now;
            Spread(due);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.WhenAll(_running.Keys);
    }

    /// <summary>
    /// Offers what came back until the nodes have it: transactions after it in the chains of nonces were accepted.
    /// </summary>
    /// <param name="patience">How long at most.</param>
    public async Task FlushAsync(TimeSpan patience)
    {
        using PeriodicTimer timer = new(Tick);
        long started = Stopwatch.GetTimestamp();
        while (lanes.Any(lane => lane.HasBack) && Stopwatch.GetElapsedTime(started) < patience)
        {
            for (int lane = 0; lane < lanes.Count; lane++)
            {
                if (lanes[lane].HasBack && lanes[lane].Take(MaxBatch) is { } batch)
                {
                    Start(lane, batch);
                }
            }

            await Task.WhenAll(_running.Keys);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private void Spread(int due)
    {
        int least = pace.IsTimed ? 1 : MinBatch;
        int maxCalls = pace.IsTimed
            ? MaxCallsOfTimedLane
            : Math.Max(LeastCallsOfLane, MaxCallsOfPacedLanes / lanes.Count);
        for (int left = lanes.Count; left > 0 && due >= least; left--)
        {
            int lane = _turn++ % lanes.Count;
            int share = Math.Max(least, (due + left - 1) / left);
            while (share >= least && Volatile.Read(ref _calls[lane]) < maxCalls)
            {
                if (lanes[lane].Take(Math.Min(share, MaxBatch)) is not { } batch)
                {
                    RanDry = Volatile.Read(ref _calls[lane]) == 0;
                    break;
                }

                Start(lane, batch);
                pace.Offered(batch.Count);
                due -= batch.Count;
                share -= batch.Count;
            }
        }
    }

    private void Start(int lane, OfferBatch batch)
    {
        Interlocked.Increment(ref _calls[lane]);
        Interlocked.Add(ref _offered, batch.Count);
        Interlocked.Add(ref _waiting, batch.Count);
        batch.Lane.OfferedAt.AsSpan(batch.From, batch.Count).Fill(Stopwatch.GetTimestamp());
        Task call = OfferAsync(lane, batch);
        _running[call] = true;
        _ = call.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task OfferAsync(int lane, OfferBatch batch)
    {
        try
        {
            OfferAnswer answer = await entries[lane].Offers.RunAsync(batch, TimeProvider.System);
            Note(batch, answer);
        }
        catch (RpcException exception)
        {
            // Where the node took it all the same, it says so when it is offered again.
            _refusals.AddOrUpdate(exception.StatusCode.ToString(), batch.Count, (_, count) => count + batch.Count);
            batch.Lane.States.AsSpan(batch.From, batch.Count).Fill(OfferState.Unknown);
            batch.Lane.PutBack(batch);
        }
        finally
        {
            Interlocked.Add(ref _waiting, -batch.Count);
            Interlocked.Decrement(ref _calls[lane]);
        }
    }

    private void Note(OfferBatch batch, OfferAnswer answer)
    {
        int wanting = 0;
        for (int place = 0; place < batch.Count; place++)
        {
            TransactionRefusal refusal = answer.Refusals[place];
            ref OfferState state = ref batch.Lane.States[batch.From + place];
            bool isTaken = refusal == TransactionRefusal.None
                || (state == OfferState.Unknown
                    && refusal is TransactionRefusal.AlreadyKnown or TransactionRefusal.NonceTooLow);
            state = isTaken ? OfferState.Accepted : OfferState.Refused;
            if (isTaken)
            {
                Interlocked.Increment(ref _accepted);
            }
            else
            {
                _refusals.AddOrUpdate(refusal.ToString(), 1, (_, count) => count + 1);
            }

            if (IsForWantOfRoom(refusal))
            {
                wanting++;
                continue;
            }

            PutBack(batch, place - wanting, place);
            wanting = 0;
        }

        PutBack(batch, batch.Count - wanting, batch.Count);
    }

    private static void PutBack(OfferBatch batch, int from, int to)
    {
        if (from < to)
        {
            batch.Lane.PutBack(new OfferBatch(batch.Lane, batch.From + from, batch.From + to));
        }
    }

    private static bool IsForWantOfRoom(TransactionRefusal refusal) => refusal
        is TransactionRefusal.PoolFull
        or TransactionRefusal.SenderPoolFull
        or TransactionRefusal.NotReady
        or TransactionRefusal.BlockFull
        or TransactionRefusal.Overloaded
        or TransactionRefusal.NonceTooHigh;
}

using System.Collections.Concurrent;
using System.Diagnostics;
using EnergyChain.Core.Chain;
using Grpc.Core;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// Offers the lanes' transactions to their nodes, in batches and evenly. What a node refuses for want of room is offered
/// again, before what was never offered, since the nonces after it wait for it.
/// </summary>
internal sealed class LoadFeeder(IReadOnlyList<Lane> lanes, IReadOnlyList<LoadNode> entries, LoadPace pace, bool isOpen)
{
    /// <summary>The most of one call, as the API has it, and the fewest worth a call where the network sets the pace.</summary>
    private const int MaxBatch = 250;
    private const int MinBatch = 32;
    private const int MaxCallsOfPacedLane = 2;
    private const int MaxCallsOfOpenLane = 64;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<OfferBatch>[] _again = [.. lanes.Select(_ => new ConcurrentQueue<OfferBatch>())];
    private readonly int[] _next = new int[lanes.Count];
    private readonly int[] _calls = new int[lanes.Count];
    private readonly ConcurrentDictionary<Task, bool> _running = [];
    private long _offered;
    private long _accepted;
    private long _waiting;
    private int _turn;

    /// <summary>How often a reason was given, by name.</summary>
    public ConcurrentDictionary<string, long> Refusals { get; } = [];

    /// <summary>Offers, repeated ones included.</summary>
    public long Offered => Volatile.Read(ref _offered);

    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Whether a lane had nothing left before it was over.</summary>
    public bool RanDry { get; private set; }

    /// <summary>Offers until cancelled, then waits for the calls under way.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using PeriodicTimer timer = new(Tick);
        long last = Stopwatch.GetTimestamp();
        ulong seen = 0;
        while (!stop.IsCancellationRequested && !RanDry)
        {
            long now = Stopwatch.GetTimestamp();
            BlockTrail trail = entries[0].Trail;
            long outstanding = Accepted + Volatile.Read(ref _waiting) - trail.Committed;
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

    private void Spread(int due)
    {
        int least = isOpen ? 1 : MinBatch;
        int maxCalls = isOpen ? MaxCallsOfOpenLane : MaxCallsOfPacedLane;
        for (int tries = 0; tries < lanes.Count && due >= least; tries++)
        {
            int lane = _turn++ % lanes.Count;
            int share = Math.Max(least, (due + lanes.Count - tries - 1) / (lanes.Count - tries));
            while (share >= least && Volatile.Read(ref _calls[lane]) < maxCalls)
            {
                if (Take(lane, Math.Min(share, MaxBatch)) is not { } batch)
                {
                    RanDry = true;
                    return;
                }

                Start(lane, batch);
                pace.Offered(batch.Count);
                due -= batch.Count;
                share -= batch.Count;
            }
        }
    }

    private OfferBatch? Take(int lane, int count)
    {
        if (_again[lane].TryDequeue(out OfferBatch? again))
        {
            return again;
        }

        int from = _next[lane];
        int to = Math.Min(from + count, lanes[lane].Count);
        _next[lane] = to;
        return from == to ? null : new OfferBatch(lanes[lane], from, to);
    }

    private void Start(int lane, OfferBatch batch)
    {
        Interlocked.Increment(ref _calls[lane]);
        Interlocked.Add(ref _offered, batch.Count);
        Interlocked.Add(ref _waiting, batch.Count);
        long now = Stopwatch.GetTimestamp();
        batch.Lane.OfferedAt.AsSpan(batch.From, batch.Count).Fill(now);
        batch.Lane.States.AsSpan(batch.From, batch.Count).Fill(OfferState.Unknown);
        Task call = OfferAsync(lane, batch);
        _running[call] = true;
        _ = call.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task OfferAsync(int lane, OfferBatch batch)
    {
        try
        {
            OfferAnswer answer = await entries[lane].Offers.RunAsync(batch, TimeProvider.System);
            Note(lane, batch, answer);
        }
        catch (RpcException exception)
        {
            Refusals.AddOrUpdate(exception.StatusCode.ToString(), batch.Count, (_, count) => count + batch.Count);
            if (exception.StatusCode == StatusCode.ResourceExhausted)
            {
                _again[lane].Enqueue(batch);
            }
        }
        finally
        {
            Interlocked.Add(ref _waiting, -batch.Count);
            Interlocked.Decrement(ref _calls[lane]);
        }
    }

    private void Note(int lane, OfferBatch batch, OfferAnswer answer)
    {
        int run = 0;
        for (int place = 0; place < batch.Count; place++)
        {
            TransactionRefusal refusal = answer.Refusals[place];
            batch.Lane.States[batch.From + place] =
                refusal == TransactionRefusal.None ? OfferState.Accepted : OfferState.Refused;
            if (refusal == TransactionRefusal.None)
            {
                Interlocked.Increment(ref _accepted);
            }
            else
            {
                Refusals.AddOrUpdate(refusal.ToString(), 1, (_, count) => count + 1);
            }

            if (IsForWantOfRoom(refusal))
            {
                run++;
                continue;
            }

            Again(lane, batch, place - run, place);
            run = 0;
        }

        Again(lane, batch, batch.Count - run, batch.Count);
    }

    private void Again(int lane, OfferBatch batch, int from, int to)
    {
        if (from < to)
        {
            _again[lane].Enqueue(new OfferBatch(batch.Lane, batch.From + from, batch.From + to));
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

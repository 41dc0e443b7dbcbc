using EnergyChain.Core;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Links;

/// <summary>
/// Runs one connection of a link: reads frames one after the other at the rate that is allowed, writes what waits.
/// Whatever ends it ends the link, with a reason.
/// </summary>
internal sealed class LinkRunner(
    FrameRouter router, NetworkOptions options, TimeProvider time, NetworkMetrics metrics, ILogger<LinkRunner> logger)
{
    // A council member that misbehaves is read at this part of the rate: enough for honest work of any council.
    private const int SuspectShare = 10;

    private const int RangesPerSecond = 50;
    private const int BodiesPerSecond = 100;

    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Completes when the link has ended and the last frame is out.</summary>
    public async Task RunAsync(PeerLink link, ConnectionKind kind, IFrameStream stream)
    {
        Task write = WriteLoopAsync(link, kind, stream);
        try
        {
            await ReadLoopAsync(link, kind, stream);
        }
        catch (OperationCanceledException) when (link.Closing.IsCancellationRequested)
        {
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            link.Close(FrameFailure.ReasonOf(failure));
        }
        catch (Exception failure) when (failure is not InvariantException)
        {
            // A fault of ours that a peer has found: the link ends, and the node must not.
            metrics.FrameFailed(kind);
            logger.FrameFailed(link.Id, link.Address, failure);
            link.Close(DisconnectReason.BadFrame);
        }

        try
        {
            await write.WaitAsync(GoodbyePatience, time);
            await stream.FinishAsync(GoodbyePatience);
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
        }
    }

    private async Task ReadLoopAsync(PeerLink link, ConnectionKind kind, IFrameStream stream)
    {
        bool isMain = kind == ConnectionKind.Main;
        RateLimit frames = new(isMain ? options.MainFramesPerSecond : options.TransactionFramesPerSecond, time);
        RateLimit suspect = new(Math.Max(1, options.MainFramesPerSecond / SuspectShare), time);
        RateLimit bytes = new(isMain ? options.MainBytesPerSecond : options.TransactionBytesPerSecond, time);
        while (!link.Closing.IsCancellationRequested)
        {
            Frame? frame = await stream.ReadAsync().WaitAsync(link.Closing);
            if (frame is null)
            {
                link.Close(DisconnectReason.ConnectionLost);
                return;
            }

            int size = frame.CalculateSize();
            link.OnReceived(size);
            metrics.Received(kind, size);
            if (frame.ContentCase == Frame.ContentOneofCase.Goodbye)
            {
                OnGoodbye(link, frame.Goodbye);
                return;
            }

            DisconnectReason reason = await router.RouteAsync(link, kind, frame);
            if (reason != DisconnectReason.None)
            {
                link.Close(reason);
                return;
            }

            TimeSpan frameDebt = frames.Take(CostOf(frame));
            TimeSpan byteDebt = bytes.Take(size);
            TimeSpan pause = frameDebt > byteDebt ? frameDebt : byteDebt;
            if (link.IsSuspect && suspect.Take(1) is var debt && debt > pause)
            {
                pause = debt;
            }

            if (pause > TimeSpan.Zero)
            {
                metrics.Throttled(kind);
                await Task.Delay(pause, time, link.Closing);
            }
        }
    }

    // A request is a small frame and much work.
    private long CostOf(Frame frame) => frame.ContentCase switch
    {
        Frame.ContentOneofCase.RangeRequest => Math.Max(1, options.MainFramesPerSecond / RangesPerSecond),
        Frame.ContentOneofCase.BodyRequest => Math.Max(1, options.MainFramesPerSecond / BodiesPerSecond),
        _ => 1,
    };

    private void OnGoodbye(PeerLink link, Goodbye goodbye)
    {
        logger.PeerSaysGoodbye(link.Id, link.Address, PeerText.Clean(goodbye.Sentence));
        link.Close(goodbye.Reason == (uint)DisconnectReason.Superseded
            ? DisconnectReason.Superseded
            : DisconnectReason.ConnectionLost);
    }

    private async Task WriteLoopAsync(PeerLink link, ConnectionKind kind, IFrameStream stream)
    {
        OutgoingQueue queue = kind == ConnectionKind.Main ? link.Main : link.Transactions;
        TimeSpan patience = TimeSpan.FromMilliseconds(options.SlowReaderTimeoutMs);
        try
        {
            while (await queue.TakeAsync() is { } frame)
            {
                int size = frame.CalculateSize();
                await stream.WriteAsync(frame).WaitAsync(patience, time);
                link.OnSent(size);
                metrics.Sent(kind, size);
            }
        }
        catch (TimeoutException)
        {
            link.Close(DisconnectReason.SlowReader);
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            link.Close(DisconnectReason.ConnectionLost);
        }
    }
}

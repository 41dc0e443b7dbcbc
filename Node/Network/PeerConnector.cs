using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Judgement;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Secure;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network;

/// <summary>
/// Makes links: the handshake on each connection, admission to the table, and the run of the link to its end. Both
/// connections end together.
/// </summary>
internal sealed class PeerConnector(
    Handshaker handshaker,
    LinkTable links,
    LinkRunner runner,
    PeerTransport transport,
    ConnectionGate gate,
    PeerScores scores,
    PeerJudge judge,
    NetworkOptions options,
    NetworkMetrics metrics,
    TimeProvider time,
    ILogger<PeerConnector> logger)
{
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromMilliseconds(500);

    private volatile bool _isStopping;

    /// <summary>Refuses whatever comes from now on, and ends every link.</summary>
    public void Stop()
    {
        _isStopping = true;
        foreach (PeerLink link in links.All)
        {
            link.Close(DisconnectReason.ShuttingDown);
        }
    }

    /// <summary>The listener's side of a connection, to its end. Whatever the peer does, it does not throw.</summary>
    public async Task AcceptAsync(
        ConnectionKind kind, IFrameStream stream, PeerConnection connection, string address)
    {
        try
        {
            HandshakeOutcome outcome = _isStopping
                ? HandshakeOutcome.Refused(DisconnectReason.ShuttingDown)
                : await HandshakeAsync(handshaker.ListenAsync(stream, kind));
            if (outcome.Reason != DisconnectReason.None)
            {
                ReportHost(connection, outcome);
                await RefuseAsync(stream, outcome, address);
            }
            else if (kind == ConnectionKind.Main)
            {
                await AcceptMainAsync(stream, outcome, connection, address);
            }
            else
            {
                await AcceptTransactionsAsync(stream, outcome, connection, address);
            }
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            HandshakeOutcome outcome = HandshakeOutcome.Refused(FrameFailure.ReasonOf(failure));
            ReportHost(connection, outcome);
            await RefuseAsync(stream, outcome, address);
        }
        finally
        {
            await stream.FinishAsync(FarewellPatience);
        }
    }

    /// <summary>Dials a peer and runs the link to its end.</summary>
    public async Task<DialResult> DialAsync(PeerAddress address, CancellationToken cancellationToken)
    {
        PeerLink? link = null;
        try
        {
            using PeerChannel channel =
                await transport.OpenAsync(address, ConnectionKind.Main, cancellationToken);
            HandshakeOutcome outcome = await HandshakeAsync(
                handshaker.DialAsync(channel.Stream, ConnectionKind.Main, default, address.ExpectedKey));
            PeerId? peer = outcome.Peer is { } hello ? new PeerId(hello.NodeKey) : null;
            if (outcome.Reason != DisconnectReason.None)
            {
                Report(outcome, address.Endpoint);
                await channel.Stream.FinishAsync(FarewellPatience);
                return new DialResult(outcome.Reason, false, peer);
            }

            link = new PeerLink(outcome.Peer!, outcome.LinkId, address.Endpoint, outgoing: true, options, time)
            {
                Host = channel.Host,
                OnClosing = Judge,
            };
            DisconnectReason refusal = Admit(link);
            if (refusal != DisconnectReason.None)
            {
                link = null;
                await channel.Stream.WriteAsync(Frames.Goodbye(refusal));
                await channel.Stream.FinishAsync(FarewellPatience);
                return new DialResult(refusal, false, peer);
            }

            using CancellationTokenRegistration stop =
                cancellationToken.Register(() => link.Close(DisconnectReason.ShuttingDown));
            OnLinked(link);
            await Task.WhenAll(
                runner.RunAsync(link, ConnectionKind.Main, channel.Stream), DialTransactionsAsync(address, link));
            return new DialResult(link.Reason, true, peer);
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            link?.Close(DisconnectReason.ConnectionLost);
            DisconnectReason reason = FrameFailure.ReasonOf(failure) == DisconnectReason.TlsFailed
                ? DisconnectReason.TlsFailed
                : DisconnectReason.Unreachable;
            Report(HandshakeOutcome.Refused(reason), address.Endpoint);
            return new DialResult(reason, link is not null, link?.Id);
        }
        finally
        {
            if (link is not null)
            {
                OnEnded(link);
            }
        }
    }

    // Says the reason to the peer as well, unless it was the peer that refused; it may be gone already.
    private async Task RefuseAsync(IFrameStream stream, HandshakeOutcome outcome, string address)
    {
        Report(outcome, address);
        if (outcome.RefusedByPeer || outcome.Reason == DisconnectReason.ConnectionLost)
        {
            return;
        }

        try
        {
            await stream.WriteAsync(Frames.Goodbye(outcome.Reason)).WaitAsync(FarewellPatience, time);
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            logger.DialFailed(address, DisconnectReason.ConnectionLost);
        }
    }

    private async Task DialTransactionsAsync(PeerAddress address, PeerLink link)
    {
        try
        {
            using PeerChannel channel =
                await transport.OpenAsync(address, ConnectionKind.Transactions, link.Closing);
            HandshakeOutcome outcome = await HandshakeAsync(
                handshaker.DialAsync(channel.Stream, ConnectionKind.Transactions, link.LinkId, link.Id.Key));
            if (outcome.Reason != DisconnectReason.None)
            {
                Report(outcome, address.Endpoint);
                link.Close(outcome.Reason);
                return;
            }

            link.TryAttach();
            await runner.RunAsync(link, ConnectionKind.Transactions, channel.Stream);
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
            link.Close(FrameFailure.ReasonOf(failure));
        }
    }

    private async Task AcceptMainAsync(
        IFrameStream stream, HandshakeOutcome outcome, PeerConnection connection, string address)
    {
        PeerLink link = new(outcome.Peer!, outcome.LinkId, address, outgoing: false, options, time)
        {
            Host = connection.Host,
            OnClosing = Judge,
        };
        DisconnectReason refusal = Admit(link);
        if (refusal != DisconnectReason.None)
        {
            await RefuseAsync(stream, HandshakeOutcome.Refused(refusal), address);
            return;
        }

        bool announced = false;
        try
        {
            gate.TryAdmit(connection);
            await stream.WriteAsync(new Frame { Accepted = new Accepted() });
            OnLinked(link);
            announced = true;
            await Task.WhenAll(runner.RunAsync(link, ConnectionKind.Main, stream), ExpectTransactionsAsync(link));
        }
        finally
        {
            link.Close(DisconnectReason.ConnectionLost);
            if (announced)
            {
                OnEnded(link);
            }
            else
            {
                links.Remove(link);
            }
        }
    }

    private async Task ExpectTransactionsAsync(PeerLink link)
    {
        try
        {
            await link.Attached.WaitAsync(
                TimeSpan.FromMilliseconds(options.HandshakeTimeoutMs), time, link.Closing);
        }
        catch (TimeoutException)
        {
            link.Close(DisconnectReason.HandshakeTimeout);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task AcceptTransactionsAsync(
        IFrameStream stream, HandshakeOutcome outcome, PeerConnection connection, string address)
    {
        Hash32 linkId = outcome.Peer!.LinkId;
        bool belongs = links.TryGet(new PeerId(outcome.Peer.NodeKey), out PeerLink? link)
            && !link.Outgoing
            && link.LinkId == linkId
            && link.TryAttach();
        if (!belongs)
        {
            await RefuseAsync(stream, HandshakeOutcome.Refused(DisconnectReason.NoSuchLink), address);
            return;
        }

        try
        {
            gate.TryAdmit(connection);
            await stream.WriteAsync(new Frame { Accepted = new Accepted() });
            await runner.RunAsync(link!, ConnectionKind.Transactions, stream);
        }
        finally
        {
            link!.Close(DisconnectReason.ConnectionLost);
        }
    }

    private async Task<HandshakeOutcome> HandshakeAsync(Task<HandshakeOutcome> handshake)
    {
        try
        {
            return await handshake.WaitAsync(TimeSpan.FromMilliseconds(options.HandshakeTimeoutMs), time);
        }
        catch (TimeoutException)
        {
            return HandshakeOutcome.Refused(DisconnectReason.HandshakeTimeout);
        }
    }

    private DisconnectReason Admit(PeerLink link) => _isStopping ? DisconnectReason.ShuttingDown
        : scores.IsBanned(link.Id) ? DisconnectReason.Banned
        : links.TryAdd(link);

    // What went wrong before a key was proven can only be laid to the host; what comes of a lost connection, to none.
    private void ReportHost(PeerConnection connection, HandshakeOutcome outcome)
    {
        if (!outcome.RefusedByPeer
            && !connection.IsAdmitted
            && PeerOffences.OfHandshake(outcome.Reason) is { } offence)
        {
            scores.Report(connection.Address, offence);
        }
    }

    // Before the peer hears of it, so that it cannot come back sooner than it is judged.
    private void Judge(PeerLink link, DisconnectReason reason)
    {
        if (PeerOffences.OfLinkEnd(reason) is { } offence)
        {
            judge.Report(link, offence);
        }
    }

    private void OnLinked(PeerLink link)
    {
        metrics.LinkUp();
        logger.Linked(link.Id, link.Address, link.Role, link.Height);
        links.Announce(link);
    }

    private void OnEnded(PeerLink link)
    {
        links.Remove(link);
        metrics.LinkDown(link.Reason);
        logger.LinkEnded(link.Id, link.Address, link.Reason);
    }

    // Both nodes dialing at once, or a node going down, is everyday: only what an operator should see is a warning.
    private void Report(HandshakeOutcome outcome, string address)
    {
        metrics.HandshakeRefused(outcome.Reason);
        if (outcome.Reason is DisconnectReason.DuplicateLink or DisconnectReason.ConnectionLost
            or DisconnectReason.ShuttingDown or DisconnectReason.NoSuchLink or DisconnectReason.Unreachable)
        {
            logger.DialFailed(address, outcome.Reason);
        }
        else if (outcome.RefusedByPeer)
        {
            logger.RefusedByPeer(address, outcome.Reason, outcome.Sentence);
        }
        else
        {
            logger.HandshakeRefused(address, outcome.Reason, outcome.Sentence);
        }
    }
}

using System.IO.Pipelines;
using System.Net;
using EnergyChain.Core;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Judgement;
using Microsoft.AspNetCore.Connections;

namespace EnergyChain.Node.Network.Secure;

/// <summary>
/// Stands before TLS at the peer port: counts connections, ends those of strangers that take too long or send too much,
/// and turns away what speaks no TLS. All that costs is a socket until the first byte has come.
/// </summary>
internal sealed class ConnectionGate(
    StrangerTable table,
    PeerScores scores,
    NetworkOptions options,
    NetworkMetrics metrics,
    LogBudget budget,
    TimeProvider time,
    ILogger<ConnectionGate> logger)
{
    private const byte TlsHandshakeRecord = 0x16;

    /// <summary>Runs a connection to its end.</summary>
    public async Task RunAsync(ConnectionContext context, ConnectionDelegate next)
    {
        IPAddress address = AddressGroups.Plain(
            context.RemoteEndPoint is IPEndPoint remote ? remote.Address : IPAddress.None);
        PeerConnection connection = new(context, address);
        if (scores.IsBanned(address))
        {
            Refuse(connection, GateRefusal.Banned);
            return;
        }

        if (!table.TryAdd(connection, out PeerConnection? evicted))
        {
            Refuse(connection, GateRefusal.TooManyOfHost);
            return;
        }

        if (evicted is not null)
        {
            Refuse(evicted, GateRefusal.GaveWay);
        }

        // What TLS and the handshake are allowed each, and a second for their own, politer, end to come first.
        int patienceMs = options.TlsTimeoutMs + options.HandshakeTimeoutMs + 1_000;
        using CancellationTokenSource deadline = new(TimeSpan.FromMilliseconds(patienceMs), time);
        using CancellationTokenRegistration end = deadline.Token.Register(
            () => Refuse(connection, GateRefusal.TooSlow));
        try
        {
            context.Features.Set(connection);
            context.Transport = new CountedPipe(
                context.Transport,
                connection,
                Limits.MaxHandshakeBytes,
                () => Refuse(connection, GateRefusal.TooManyBytes));
            if (await BeginsTlsAsync(context.Transport.Input, connection))
            {
                await next(context);
            }
        }
        finally
        {
            table.Remove(connection);
        }
    }

    /// <summary>A node key has been proven over the connection.</summary>
    public bool TryAdmit(PeerConnection connection) => table.TryAdmit(connection);

    /// <summary>A connection carries one stream: whoever opens another, or many and resets them, is cut off.</summary>
    public void OnSecondStream(PeerConnection connection) => Refuse(connection, GateRefusal.TooManyStreams);

    private async Task<bool> BeginsTlsAsync(PipeReader input, PeerConnection connection)
    {
        ReadResult read;
        try
        {
            read = await input.ReadAsync();
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            return false;
        }

        bool isEmpty = read.Buffer.IsEmpty;
        bool isTls = !isEmpty && read.Buffer.FirstSpan[0] == TlsHandshakeRecord;
        string text = isTls || isEmpty ? "" : PeerText.OfBytes(read.Buffer.Slice(0, Math.Min(read.Buffer.Length, 24)));
        input.AdvanceTo(read.Buffer.Start);
        if (!isTls && !isEmpty)
        {
            if (budget.TryTake())
            {
                logger.Cleartext(connection.Address, text);
            }

            Refuse(connection, GateRefusal.Cleartext);
        }

        return isTls;
    }

    private static PeerOffence? OffenceOf(GateRefusal refusal) => refusal switch
    {
        GateRefusal.TooSlow => PeerOffence.UnfinishedHandshake,
        GateRefusal.TooManyBytes or GateRefusal.TooManyStreams => PeerOffence.TransportFlood,
        GateRefusal.Cleartext => PeerOffence.Cleartext,
        _ => null,
    };

    private void Refuse(PeerConnection connection, GateRefusal refusal)
    {
        bool ended = refusal == GateRefusal.TooManyStreams || connection.EndStranger(refusal.ToString());
        if (refusal == GateRefusal.TooManyStreams)
        {
            connection.End(refusal.ToString());
        }

        if (ended)
        {
            metrics.ConnectionRefused(refusal);
            if (OffenceOf(refusal) is { } offence)
            {
                scores.Report(connection.Address, offence);
            }

            logger.ConnectionRefused(connection.Address, refusal);
        }
    }
}
